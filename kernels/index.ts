export * from "./elementary-arrays";
export * from "./peak";
export * from "./random";
export * from "./peak-single";
export * from "./peak-words";
