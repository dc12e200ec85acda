/** A catalogue as the build reads it. */
declare module "*.ftl" {
  const texts: import("@fluent/bundle").FluentResource;
  export default texts;
}
