/** A catalogue as the build reads it. */
declare module "*.ftl" {
  const texts: import("@fluent/bundle").FluentResource;
  export default texts;
}

/** What the first screen does not need of it. */
declare module "*.ftl?later" {
  const texts: import("@fluent/bundle").FluentResource;
  export default texts;
}
