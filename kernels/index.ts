export * from "./elementary-arrays";
export * from "./peak";
export * from "./random";
