/** What users read of packages that know more at home than in workers. */

/** A package is configured where workers do not see it. */
export function packageStateText(found: {
  readonly package: string;
  readonly binding: string;
  readonly file: string;
  readonly line: number;
}): string {
  const { package: name, binding, file, line } = found;
  return (
    `A future uses ${binding === name ? "" : `${binding} of `}the package ${name}, which ${file}:${line} configures. Workers import the package anew and do not know that, so they may compute ` +
    `something else. Configure it in all of them: everywhere(() => { … }) with that statement in it, or the plan option setup.`
  );
}

/** A class whose decorators a package has noted elsewhere. */
export function registeredClassText({
  package: name,
  className,
  file,
}: {
  readonly package: string;
  readonly className: string;
  readonly file: string;
}): string {
  return (
    `A future uses the class ${className}, about which the package ${name} keeps what its decorators say. The class travels as a copy, which ${name} does not know, so there it is as if it had no decorators. ` +
    `Let workers import the file: { modules: [${JSON.stringify(file)}] } as an option of future().`
  );
}
