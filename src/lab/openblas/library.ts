import { env } from "node:process";
import { UnsupportedError } from "../contract/engine.ts";

/** The routines of OpenBLAS that engines call. Pointers are addresses as numbers, which is what koffi passes quickest. */
export interface OpenBlas {
  /** `cblas_dgemm`, row-major, alpha 1. */
  readonly multiply: (
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    a: number,
    strideA: number,
    b: number,
    strideB: number,
    beta: number,
    c: number,
  ) => void;
  /** `cblas_dgemv`, row-major, unit strides: y = alpha op(A) x + beta y for the rows x columns matrix A. */
  readonly multiplyVector: (
    transpose: boolean,
    rows: number,
    columns: number,
    alpha: number,
    a: number,
    x: number,
    beta: number,
    y: number,
  ) => void;
  /** LAPACK's `dsyevd_`, eigenvalues only, ascending; the matrix is destroyed. */
  readonly eigenvalues: (n: number, matrix: number, out: number) => void;
  /** Where a view's first number lies, until its buffer is detached. */
  readonly addressOf: (view: ArrayBufferView) => number;
  /** OpenBLAS, its kernel for this processor, its threads, and the version of the bridge. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Names by which dlopen finds an OpenBLAS: Debian's and its kin's, Homebrew's on both kinds of Mac, Windows's. */
const NAMES: readonly string[] = [
  ...["libopenblas.so.0", "libopenblas.so"],
  ...["/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib"],
  ...["libopenblas.dylib", "libopenblas.dll"],
];

const CURE = "apt-get install libopenblas0-pthread, brew install openblas, or PLATEAU_OPENBLAS with the library's path";

/**
 * The system's OpenBLAS, or the one that `PLATEAU_OPENBLAS` names, with one thread: workers are what runs in parallel, and with
 * one thread each gives the same bytes however many there are.
 * @throws UnsupportedError without koffi or the library, or for one with 64-bit integers, with the cure
 */
export async function openLibrary(): Promise<OpenBlas> {
  const koffi = await loadKoffi();
  const library = loadFirst(koffi, env["PLATEAU_OPENBLAS"] ? [env["PLATEAU_OPENBLAS"]] : NAMES);
  const config = configOf(library);
  if (config.includes("USE64BITINT")) {
    throw new UnsupportedError(`engine openblas requires 32-bit integers (${CURE}), got ${config.trim()}`);
  }
  library.func("openblas_set_num_threads", "void", ["int"])(1);
  return {
    ...products(library),
    eigenvalues: eigenvalueSolver(koffi, library),
    addressOf: (view) => Number(koffi.address(view)),
    versions: {
      openblas: /\d+\.\d+\.\d+\S*/.exec(config)?.[0] ?? config.trim(),
      kernel: library.func("openblas_get_corename", "str", [])() as string,
      threads: String(library.func("openblas_get_num_threads", "int", [])()),
      koffi: koffi.version,
    },
  };
}

type Koffi = typeof import("koffi")["default"];
type Library = ReturnType<Koffi["load"]>;

async function loadKoffi(): Promise<Koffi> {
  try {
    return (await import("koffi")).default;
  } catch (error) {
    throw new UnsupportedError(
      `engine openblas requires the package koffi (npm install koffi), got: ${reasonOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

function loadFirst(koffi: Koffi, names: readonly string[]): Library {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      const library = koffi.load(name);
      configOf(library);
      return library;
    } catch (error) {
      reasons.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new UnsupportedError(`engine openblas requires an OpenBLAS (${CURE}), got: ${reasons.join("; ")}`);
}

/** A library of this name that is no OpenBLAS has no such function, which is an error here. */
function configOf(library: Library): string {
  return library.func("openblas_get_config", "str", [])() as string;
}

function reasonOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0]!;
}

/** From cblas.h. */
const ROW_MAJOR = 101;
const NO_TRANSPOSE = 111;
const TRANSPOSE = 112;

function products(library: Library): Pick<OpenBlas, "multiply" | "multiplyVector"> {
  const [int, real, address] = ["int", "double", "uintptr_t"];
  const gemm = library.func("cblas_dgemm", "void", [
    ...[int, int, int, int, int, int, real],
    ...[address, int, address, int, real, address, int],
  ]);
  const gemv = library.func("cblas_dgemv", "void", [
    ...[int, int, int, int, real, address, int, address, int, real, address, int],
  ]);
  return {
    multiply: (transposeA, transposeB, m, n, k, a, strideA, b, strideB, beta, c) => {
      const first = transposeA ? TRANSPOSE : NO_TRANSPOSE;
      const second = transposeB ? TRANSPOSE : NO_TRANSPOSE;
      gemm(ROW_MAJOR, first, second, m, n, k, 1, a, strideA, b, strideB, beta, c, n);
    },
    multiplyVector: (transpose, rows, columns, alpha, a, x, beta, y) => {
      gemv(ROW_MAJOR, transpose ? TRANSPOSE : NO_TRANSPOSE, rows, columns, alpha, a, columns, x, 1, beta, y, 1);
    },
  };
}

/** Fortran takes everything by address, and the lengths of its strings at the end. */
function eigenvalueSolver(koffi: Koffi, library: Library): OpenBlas["eigenvalues"] {
  const dsyevd = library.func("dsyevd_", "void", [...new Array<string>(11).fill("uintptr_t"), "size_t", "size_t"]);
  const letters = Uint8Array.of("N".charCodeAt(0), "L".charCodeAt(0));
  const order = new Int32Array(1);
  const lengths = new Int32Array(2);
  const information = new Int32Array(1);
  let work = new Float64Array(1);
  let integerWork = new Int32Array(1);
  const call = (matrix: number, out: number) => {
    const [letter, n, length, info, reals, integers] = [letters, order, lengths, information, work, integerWork].map(
      (array) => Number(koffi.address(array)),
    ) as [number, number, number, number, number, number];
    dsyevd(letter, letter + 1, n, matrix, n, out, reals, length, integers, length + 4, info, 1, 1);
  };
  return (n, matrix, out) => {
    if (n === 0) return;
    order[0] = n;
    // A length of -1 asks which work space would be best: the least that it accepts is half as fast.
    lengths.fill(-1);
    call(matrix, out);
    if (work.length < work[0]!) work = new Float64Array(work[0]!);
    if (integerWork.length < integerWork[0]!) integerWork = new Int32Array(integerWork[0]!);
    lengths.set([work.length, integerWork.length]);
    call(matrix, out);
    if (information[0] !== 0) throw new RangeError(`eigenvalues require dsyevd to succeed, got info ${information[0]}`);
  };
}
