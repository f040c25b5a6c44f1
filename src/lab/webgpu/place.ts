/**
 * Where an operand lies in the one array of a job of models, for row z: begin + stride * (floor(z / divisor) mod modulus). Rows are
 * pairs (replicate, vector), replicates outside; so what belongs to a replicate has the number of vectors as its divisor, and what
 * belongs to a vector has it as its modulus.
 */
export interface Place {
  readonly begin: number;
  readonly stride: number;
  readonly divisor: number;
  readonly modulus: number;
}

/** The same, `by` numbers further on. */
export function further(place: Place, by: number): Place {
  return { ...place, begin: place.begin + by };
}

export function placeWords({ begin, stride, divisor, modulus }: Place): readonly number[] {
  return [begin, stride, divisor, modulus];
}

export const PLACE_SHADER = `
struct Place { begin: u32, stride: u32, divisor: u32, modulus: u32 }

fn locate(place: Place, row: u32) -> u32 {
  return place.begin + place.stride * ((row / place.divisor) % place.modulus);
}
`;
