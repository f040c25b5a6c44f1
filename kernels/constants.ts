import {
  ADAGRAD,
  ADAM,
  CLIPPED_DESCENT,
  GRADIENT_DESCENT,
  MOMENTUM,
  NORMALISED_DESCENT,
  RMSPROP,
  SIGN_DESCENT,
} from "./chains/chain-backward";
import { ACTIVE, ESCAPED, LAYERS, STEPS, TARGET } from "./chains/chain-frame";
import { SCHEDULE_BYTES } from "./draws/threefry";
import { CAUCHY, GAUSSIAN, ORTHOGONAL, RADEMACHER, STUDENT_2, UNIFORM } from "./draws/weights";
import { NN, NT, TN } from "./products/matrix-product";

// What the caller must know besides the functions: exported, so that it is said once. Constants that are inlined by decree
// cannot be exported themselves.
export const KEY_BYTES: usize = SCHEDULE_BYTES;

export const LAYOUT_NN: i32 = NN;
export const LAYOUT_TN: i32 = TN;
export const LAYOUT_NT: i32 = NT;

export const LAW_GAUSSIAN: i32 = GAUSSIAN;
export const LAW_UNIFORM: i32 = UNIFORM;
export const LAW_RADEMACHER: i32 = RADEMACHER;
export const LAW_ORTHOGONAL: i32 = ORTHOGONAL;
export const LAW_CAUCHY: i32 = CAUCHY;
export const LAW_STUDENT_2: i32 = STUDENT_2;

export const KIND_GRADIENT_DESCENT: i32 = GRADIENT_DESCENT;
export const KIND_MOMENTUM: i32 = MOMENTUM;
export const KIND_SIGN_DESCENT: i32 = SIGN_DESCENT;
export const KIND_NORMALISED_DESCENT: i32 = NORMALISED_DESCENT;
export const KIND_CLIPPED_DESCENT: i32 = CLIPPED_DESCENT;
export const KIND_RMSPROP: i32 = RMSPROP;
export const KIND_ADAM: i32 = ADAM;
export const KIND_ADAGRAD: i32 = ADAGRAD;

export const FRAME_ACTIVE: usize = ACTIVE;
export const FRAME_ESCAPED: usize = ESCAPED;
export const FRAME_STEPS: usize = STEPS;
export const FRAME_SETTINGS: usize = TARGET;
export const FRAME_LAYERS: usize = LAYERS;
