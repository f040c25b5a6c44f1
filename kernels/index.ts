export * from "./peak";
