import { TmplGroup } from 'glass-easel-template-compiler';
import type { Project, Unit } from './project.ts';
import type { Source } from './source.ts';
import { checkWxml, scriptsUsed, templatesUsed } from './wxml-checks.ts';

/** What the compiler of glass-easel says of a template; its places count from 0. */
interface Finding {
  isError: boolean;
  message: string;
  path: string;
  startLine: number;
  startColumn: number;
}

/**
 * Compiles every template of the project and everything these import.
 * @returns a JavaScript expression: an object of template functions by path
 */
export function compileTemplates(source: Source, project: Project): string {
  const group = new TmplGroup();
  try {
    for (const [path, components] of templatesOf(source, project)) {
      const text = source.text(`${path}.wxml`) ?? '';
      checkWxml(source, `${path}.wxml`, components);
      for (const finding of group.addTmpl(path, text) as Finding[]) note(source, finding);
      for (const script of scriptsUsed(text, `${path}.wxml`)) {
        const code = source.text(`${script}.wxs`);
        if (code === undefined) source.problem('script-missing', `${path}.wxml`, 0, `there is no ${script}.wxs`);
        else group.addScript(script, code);
      }
    }
    return group.getTmplGenObjectGroups();
  } finally {
    group.free();
  }
}

/** Templates by path, each with the components it may use: an imported one has those of everybody who imports it. */
function templatesOf(source: Source, project: Project): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (path: string, unit: Unit): void => {
    const names = found.get(path) ?? new Set();
    const before = names.size;
    for (const name of [...unit.uses.keys(), ...genericsOf(unit)]) names.add(name);
    if (found.has(path) && names.size === before) return;
    found.set(path, names);
    for (const used of templatesUsed(source.text(`${path}.wxml`) ?? '', `${path}.wxml`)) {
      if (source.has(`${used}.wxml`)) add(used, unit);
      else source.problem('template-missing', `${path}.wxml`, 0, `there is no ${used}.wxml`);
    }
  };
  for (const unit of project.units) add(unit.path, unit);
  return found;
}

const genericsOf = ({ config }: Unit): string[] => Object.keys((config.componentGenerics as object | undefined) ?? {});

function note(source: Source, { isError, message, path, startLine, startColumn }: Finding): void {
  const place = { line: startLine + 1, column: startColumn + 1 };
  if (isError) source.problem('wxml-invalid', `${path}.wxml`, place, message);
  else if (/end tag/u.test(message)) source.problem('wxml-tags', `${path}.wxml`, place, message);
  else source.warning('wxml-odd', `${path}.wxml`, place, message);
}
