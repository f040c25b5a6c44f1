import {
  type SaturatingTraining,
  saturationOnDigits,
} from "../../../benchmarks/initialisation/saturation-on-digits.ts";
import { mnistDigits } from "../../orvieto2021/digits/mnist-digits.ts";
import { INITIALISATIONS, type InitialisationName } from "../initialisations.ts";

/** A power of two at which sigmoids leave the middle within a hundred steps; at 1 they do not move in 800. */
const SIGMOID_RATE = 4;
/** At which tanh networks of the same size learn, and from 1 on no longer do so steadily. */
const TANH_RATE = 0.3;

type Choice = Pick<SaturatingTraining, "hidden" | "batch" | "steps" | "since"> & {
  readonly initialisation: InitialisationName;
};

export const sigmoids = ({ initialisation, ...choice }: Choice) =>
  saturationOnDigits(
    {
      ...choice,
      activation: "sigmoid",
      rate: SIGMOID_RATE,
      width: 32,
      init: INITIALISATIONS[initialisation],
    },
    mnistDigits,
  );

export const tanhs = ({ initialisation, ...choice }: Choice) =>
  saturationOnDigits(
    { ...choice, activation: "tanh", rate: TANH_RATE, width: 32, init: INITIALISATIONS[initialisation] },
    mnistDigits,
  );
