import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from '../core/feature.ts';
import { reference, titles } from './messages.ts';

const problem = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    fields: z
      .array(z.object({ path: z.string(), problem: z.string() }))
      .optional()
      .meta({
        description: reference.problemFields,
      }),
    errors: z
      .array(z.object({ path: z.string(), code: z.string() }))
      .optional()
      .meta({ description: reference.problemErrors }),
    requestId: z.string(),
  })
  .meta({
    id: 'Problem',
    description: reference.problem,
    example: {
      type: 'https://example.org/api/docs#already_claimed',
      title: titles[409],
      status: 409,
      detail: '这个心愿刚刚被别人认领了，请看看其他心愿。',
      code: 'already_claimed',
      requestId: '2f1c9a52-7a55-4a0e-9a57-0b6a3f6f0d1e',
    },
  });

/** Where the document says that everything is. */
export const PREFIX = '/api/v1';

/** Describes the routes as an OpenAPI 3.1 document, from the schemas that check them. */
export function describeApi(routes: readonly Route[], baseUrl: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = PREFIX + route.path;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: reference.title, version: '1', description: reference.intro },
      servers: [{ url: baseUrl }],
      tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
      paths,
      components: {
        schemas: { Problem: problem },
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: reference.bearer },
        },
        responses: Object.fromEntries(
          Object.keys(titles).map((status) => [`Problem${status}`, problemResponse(Number(status))]),
        ),
      },
    },
    {
      // What JSON.stringify makes of it, and what a coerced date is given as.
      override: ({ jsonSchema, zodSchema }) => {
        if (zodSchema._zod.def.type !== 'date') return;
        jsonSchema.type = 'string';
        jsonSchema.format = 'date-time';
      },
      allowEmptySchema: { custom: true, date: true, transform: true, undefined: true, void: true },
    },
  );
}

function operation(route: Route): ZodOpenApiOperationObject {
  const signed = (route.auth ?? 'signed') === 'signed';
  const writes = route.method !== 'get';
  const header = signed && writes ? z.object({ 'Idempotency-Key': keyHeader(route.keep !== false) }) : undefined;
  const path: z.ZodType | undefined = route.params ?? pathParams(route.path);
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    security: signed ? [{ bearer: [] }] : [],
    requestParams: {
      ...(path ? { path: path as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(header ? { header } : {}),
    },
    ...(route.upload || route.body ? { requestBody: { required: true, content: bodyOf(route) } } : {}),
    responses: { ...success(route), ...refusals(route, signed, writes) },
  };
}

const keyHeader = (keeps: boolean) =>
  z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description: keeps ? reference.idempotencyKey : reference.idempotencyKeyNotKept,
      example: '5c7e0f5e-5d0f-4a52-8a9e-3a1f5b1d7c11',
    });

function bodyOf(route: Route) {
  if (!route.upload) return { 'application/json': { schema: route.body as z.ZodType } };
  const file = z.string().meta({
    description: `${reference.file}（≤ ${route.upload.maxBytes} B）`,
    override: { type: 'string', format: 'binary' },
  });
  const fields = route.body instanceof z.ZodObject ? route.body.shape : {};
  return { 'multipart/form-data': { schema: z.object({ file, ...fields }) } };
}

function success(route: Route) {
  const status = String(route.status ?? 200);
  if (route.response) {
    return { [status]: { description: reference.ok, content: { 'application/json': { schema: route.response } } } };
  }
  if (route.method !== 'get') return { [route.status ? status : '204']: { description: reference.nothing } };
  return {
    [status]: {
      description: `${reference.download} / ${reference.events}`,
      content: { '*/*': { schema: { type: 'string' as const } } },
    },
  };
}

function refusals(route: Route, signed: boolean, writes: boolean) {
  const statuses = new Set([400, 429, 500, 503]);
  if (signed) statuses.add(401).add(403);
  if (route.path.includes('{')) statuses.add(404);
  if (writes) statuses.add(409);
  if (writes && signed) statuses.add(422);
  if (route.body || route.upload) statuses.add(413).add(415);
  return Object.fromEntries(
    [...statuses].sort().map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]),
  );
}

function problemResponse(status: number) {
  return {
    description: `${titles[status]} (${STATUS_CODES[status]})`,
    content: { 'application/problem+json': { schema: problem } },
    ...([429, 503].includes(status)
      ? { headers: { 'Retry-After': { description: reference.retryAfter, schema: { type: 'integer' as const } } } }
      : {}),
  };
}

function pathParams(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return names.length > 0 ? z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) : undefined;
}

/** `post /wishes/{id}/claim` → `postWishesByIdClaim`. */
function operationId({ method, path }: Route): string {
  const words = path
    .split(/[/_.-]/)
    .filter(Boolean)
    .flatMap((word) => word.replace(/^\{(\w+)\}$/, 'by-$1').split('-'));
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
