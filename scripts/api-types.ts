/** The API's types for the mini-program, out of the OpenAPI document of the running house. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { inHouse } from './open-house.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: JSONSchema;
}

interface Content {
  content?: Record<string, { schema?: JSONSchema }>;
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

const BANNER = '/** Made by `npm run docs` from the OpenAPI document. Do not change it by hand. */';

/** What the mini-program needs of the API's description: the types of its operations, and where each of them is. */
export interface ApiSources {
  types: string;
  routes: string;
}

export async function apiSources(): Promise<ApiSources> {
  const document = await openapi();
  return { types: await typesOf(document), routes: routesOf(document) };
}

/** One interface of all operations by their id: `path`, `query`, `body` and `response` of each, where it has them. */
async function typesOf({ paths, components }: Document): Promise<string> {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const schema = record(Object.fromEntries(operations.map((operation) => [operation.operationId, partsOf(operation)])));
  return compile({ ...schema, components }, 'Operations', {
    additionalProperties: false,
    bannerComment: BANNER,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
}

/** A table of method and path by operation id. */
function routesOf({ paths }: Document): string {
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `  ${operationId}: ['${method.toUpperCase()}', '${path}'],`,
    ),
  );
  return `${BANNER}\nexport const ROUTES = {\n${lines.join('\n')}\n} as const;\n`;
}

/** The document of a house that was never used, what only a demo has included. */
async function openapi(): Promise<Document> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-docs-'));
  try {
    return await inHouse({ folder, demo: true }, async (_house, app) => app.http.openapi() as Document);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function partsOf({ parameters = [], requestBody, responses }: Operation): JSONSchema {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const parts = {
    path: groupOf(parameters, 'path'),
    query: groupOf(parameters, 'query'),
    body: jsonOf(requestBody),
    response: jsonOf(success),
  };
  return record(
    Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as Record<string, JSONSchema>,
  );
}

function groupOf(parameters: readonly Parameter[], where: string): JSONSchema | undefined {
  const group = parameters.filter((one) => one.in === where);
  if (group.length === 0) return undefined;
  const required = group.filter((one) => one.required).map(({ name }) => name);
  return { ...record(Object.fromEntries(group.map(({ name, schema }) => [name, schema]))), required };
}

const jsonOf = (content: Content | undefined): JSONSchema | undefined => content?.content?.['application/json']?.schema;

const record = (properties: Record<string, JSONSchema>): JSONSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties),
});
