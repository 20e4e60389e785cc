// duckdb.mjs MODULES FILE FORMAT [SOURCE TARGET] — the same file and the same questions put to DuckDB; a line "name<tab>seconds" each.
//
// MODULES is the folder that @duckdb/node-api is installed in. Columns get the types DuckDB would use for them; the database is a file, closed
// (and so checkpointed) before the clock stops. Questions are timed within the process, after one run to warm it.
import { createRequire } from 'node:module';
import { rmSync } from 'node:fs';

const [modules, file, format, source, target] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${modules}/`)('@duckdb/node-api');
const database = `${modules}/bench.duckdb`;
const now = () => Number(process.hrtime.bigint()) / 1e9;
const tell = (name, seconds) => console.log(`${name}\t${seconds.toFixed(4)}`);
const remove = () => ['', '.wal'].forEach((end) => rmSync(database + end, { force: true }));

const actor = (n) => ['Code', 'Name', 'CountryCode', 'KnownGroupCode', 'EthnicCode', 'Religion1Code', 'Religion2Code', 'Type1Code', 'Type2Code', 'Type3Code']
    .map((c) => [`Actor${n}${c}`, 'VARCHAR']);
const geo = (p) => [['Type', 'INTEGER'], ['FullName', 'VARCHAR'], ['CountryCode', 'VARCHAR'], ['ADM1Code', 'VARCHAR'], ['ADM2Code', 'VARCHAR'], ['Lat', 'DOUBLE'],
    ['Long', 'DOUBLE'], ['FeatureID', 'VARCHAR']].map(([c, t]) => [`${p}Geo_${c}`, t]);
const gdelt = [['id', 'BIGINT'], ['SQLDATE', 'INTEGER'], ['MonthYear', 'INTEGER'], ['Year', 'INTEGER'], ['FractionDate', 'DOUBLE'], ...actor(1), ...actor(2),
    ['IsRootEvent', 'INTEGER'], ['EventCode', 'VARCHAR'], ['EventBaseCode', 'VARCHAR'], ['EventRootCode', 'VARCHAR'], ['QuadClass', 'INTEGER'], ['Goldstein', 'DOUBLE'],
    ['NumMentions', 'INTEGER'], ['NumSources', 'INTEGER'], ['NumArticles', 'INTEGER'], ['AvgTone', 'DOUBLE'], ...geo('Actor1'), ...geo('Actor2'), ...geo('Action'),
    ['DATEADDED', 'BIGINT'], ['SOURCEURL', 'VARCHAR']];
const columns = `{${gdelt.map(([name, type]) => `'${name}': '${type}'`).join(', ')}}`;
const from = format === 'gdelt2'
    ? `read_csv('${file}', delim='\t', header=false, quote='', escape='', auto_detect=false, nullstr='', columns=${columns})`
    : `read_csv('${file}', delim='\t', header=true, quote='', escape='', encoding='latin-1', nullstr='NA')`;

async function load() {
    remove();
    const begin = now();
    const instance = await DuckDBInstance.create(database);
    const db = await instance.connect();
    await db.run(`CREATE TABLE events AS SELECT * FROM ${from}`);
    await db.run('CHECKPOINT');
    db.closeSync();
    instance.closeSync();
    tell('import', now() - begin);
}

const FLOW = 'count(*) AS events, sum(greatest(Goldstein, 0)) AS cooperation, sum(greatest(-Goldstein, 0)) AS conflict';
const TIES = `CREATE OR REPLACE TEMP TABLE ties AS SELECT Year AS y, least(Actor1Code, Actor2Code) AS a, greatest(Actor1Code, Actor2Code) AS b, sum(Goldstein) AS w
    FROM events WHERE Actor1Code <> Actor2Code GROUP BY ALL HAVING w <> 0`;
const QUESTIONS = {
    dyad: `SELECT SQLDATE // 100 AS month, Actor1Code, ${FLOW} FROM events WHERE (Actor1Code = '${source}' AND Actor2Code = '${target}')
        OR (Actor1Code = '${target}' AND Actor2Code = '${source}') GROUP BY ALL ORDER BY ALL`,
    dyads: `SELECT Year, Actor1Code, Actor2Code, ${FLOW} FROM events WHERE Actor1Code <> Actor2Code GROUP BY ALL ORDER BY Year, events DESC`,
    network: `SELECT x.y, count(*) AS triangles, count(*) FILTER (x.w * z.w * v.w > 0) AS balanced FROM ties x JOIN ties z ON z.y = x.y AND z.a = x.b
        JOIN ties v ON v.y = x.y AND v.a = x.a AND v.b = z.b GROUP BY x.y ORDER BY x.y`,
};

async function ask() {
    const instance = await DuckDBInstance.create(database);
    const db = await instance.connect();
    for (const [name, sql] of Object.entries(QUESTIONS)) {
        let best = Infinity;
        for (let run = 0; run < 3; run++) {
            const begin = now();
            if (name === 'network') await db.run(TIES);
            const reader = await db.runAndReadAll(sql);
            if (!reader.currentRowCount && name === 'dyads') throw new Error('DuckDB found no pairs');
            best = Math.min(best, now() - begin);
        }
        tell(name, best);
    }
    db.closeSync();
    instance.closeSync();
}

await load();
if (source) await ask();
remove();
