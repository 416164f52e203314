// The container files cannot be run everywhere, so they are kept simple and checked by reading them: the Dockerfile with
// a linter, and the compose file for what the service relies on.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '..');
const problems = [];
const expect = (holds, problem) => {
  if (!holds) problems.push(problem);
};

const linter = path.join(root, 'node_modules', '.bin', 'dockerfilelint');
const { status, stdout } = spawnSync(linter, ['Dockerfile'], { cwd: root, encoding: 'utf8' });
expect(status === 0, `Dockerfile:\n${stdout}`);

const dockerfile = fs.readFileSync(path.join(root, 'Dockerfile'), 'utf8');
const stages = dockerfile.match(/^FROM /gm) ?? [];
expect(stages.length >= 2, 'Dockerfile: it has more than one stage.');
const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
expect(/^USER (?!root)\w+/m.test(lastStage), 'Dockerfile: the last stage runs as an ordinary user.');

const { services = {}, volumes = {} } = parse(fs.readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'));
expect(services.postgres?.image === 'postgres:18', 'docker-compose.yml: postgres is postgres:18.');
for (const [name, service] of Object.entries(services)) {
  expect(service.image || service.build, `docker-compose.yml: ${name} has an image or is built.`);
  expect(service.healthcheck?.test?.length > 0, `docker-compose.yml: ${name} has a health check.`);
  for (const dependency of Object.keys(service.depends_on ?? {})) {
    expect(dependency in services, `docker-compose.yml: ${name} depends on ${dependency}, which is there.`);
  }
  for (const volume of service.volumes ?? []) {
    const [source] = volume.split(':');
    expect(source in volumes || /^[./]/.test(source), `docker-compose.yml: the volume ${source} is declared.`);
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
