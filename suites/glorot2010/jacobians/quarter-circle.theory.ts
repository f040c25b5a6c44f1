/**
 * Mean singular value of a large square matrix of independent entries of mean 0 and variance `factor` / n, whatever their law:
 * 8 / (3 pi) sqrt(factor), that of the quarter circle of radius 2 sqrt(factor) (Marchenko and Pastur 1967,
 * https://doi.org/10.1070/SM1967v001n04ABEH001994). At finite n it is less by order 1 / n^2.
 */
export function quarterCircleMean(factor: number): number {
  return (8 / (3 * Math.PI)) * Math.sqrt(factor);
}
