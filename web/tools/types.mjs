// server/openapi.json -> src/api/types.ts: the API's answers as types, so that a change there is a type error here.
import { readFileSync, writeFileSync } from 'node:fs'

const [, , from = '../server/openapi.json', to = 'src/api/types.ts'] = process.argv
const api = JSON.parse(readFileSync(from, 'utf8'))

const quote = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))

function type(schema) {
  if (!schema) return 'unknown'
  if (schema.$ref) return schema.$ref.split('/').pop()
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(' | ')
  const choice = schema.oneOf ?? schema.anyOf
  if (choice) return choice.map(type).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((t) => type({ ...schema, type: t })).join(' | ')
  switch (schema.type) {
    case 'integer': case 'number': return 'number'
    case 'string': return 'string'
    case 'boolean': return 'boolean'
    case 'null': return 'null'
    case 'array': {
      if (schema.minItems !== undefined && schema.minItems === schema.maxItems)
        return `[${Array(schema.minItems).fill(type(schema.items)).join(', ')}]`
      const item = type(schema.items)
      return /[ |{]/.test(item) ? `Array<${item}>` : `${item}[]`
    }
    case 'object': return object(schema)
    default: return 'unknown'
  }
}

function object(schema) {
  const fields = Object.entries(schema.properties ?? {})
  if (!fields.length) return 'Record<string, unknown>'
  const required = new Set(schema.required ?? [])
  return `{ ${fields.map(([name, s]) => {
    const note = s.description ? `/** ${s.description.replaceAll('*/', '* /')} */ ` : ''
    return `${note}${quote(name)}${required.has(name) ? '' : '?'}: ${type(s)}`
  }).join('; ')} }`
}

const title = (method, path) =>
  [method, ...path.split(/[/{}.-]+/).filter((p) => p && p !== 'api')].map((w) => w[0].toUpperCase() + w.slice(1)).join('')

const out = ['// Made from server/openapi.json by tools/types.mjs.', '/* eslint-disable */']
for (const [name, schema] of Object.entries(api.components.schemas)) out.push(`export type ${name} = ${type(schema)}`)
for (const [path, methods] of Object.entries(api.paths))
  for (const [method, op] of Object.entries(methods)) {
    const ok = Object.entries(op.responses).find(([code]) => code.startsWith('2'))?.[1]
    const body = ok?.content?.['application/json']?.schema
    if (body) out.push(`export type ${title(method, path)} = ${type(body)}`)
  }
writeFileSync(to, out.join('\n') + '\n')
