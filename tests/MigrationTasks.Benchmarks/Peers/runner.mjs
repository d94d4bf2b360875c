// What a team writes itself in an afternoon: one query for the history, one transaction a file.
//   DATABASE_URL=… node runner.mjs FOLDER
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'

const folder = process.argv[2]
const files = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
const sql = postgres(process.env.DATABASE_URL, { max: 1, onnotice: () => {} })

await sql`CREATE TABLE IF NOT EXISTS schema_migrations (migration_name text PRIMARY KEY, executed_at timestamptz NOT NULL DEFAULT now())`
const rows = await sql`SELECT migration_name FROM schema_migrations WHERE migration_name = ANY(${files})`
const applied = new Set(rows.map(row => row.migration_name))

for (const file of files.filter(name => !applied.has(name))) {
  const text = await readFile(join(folder, file), 'utf8')
  await sql.begin(async transaction => {
    await transaction.unsafe(text)
    await transaction`INSERT INTO schema_migrations (migration_name) VALUES (${file})`
  })
}

await sql.end()
