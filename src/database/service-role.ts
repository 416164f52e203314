import type { DataSource } from 'typeorm';

/** What the migrations grant to; who the service connects as is this role, or a member of it. See docs/adr/0011. */
export const SERVICE_ROLE = 'career_conversations_service';

interface Powers {
  name: string;
  isSuperuser: boolean;
  bypassesRowSecurity: boolean;
  ownsTables: boolean;
  isService: boolean;
}

async function readPowers(dataSource: DataSource): Promise<Powers> {
  const [powers] = (await dataSource.query(
    `select rolname as name, rolsuper as "isSuperuser", rolbypassrls as "bypassesRowSecurity",
       exists (select from pg_class where relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'usage')) as "ownsTables",
       exists (select from pg_roles as service where service.rolname = $1 and pg_has_role(service.oid, 'usage')) as "isService"
     from pg_roles where rolname = current_user`,
    [SERVICE_ROLE],
  )) as Powers[];
  return powers!;
}

/**
 * Sees to it that row-level security holds for the connections of the service.
 * @throws an error that says what the role of DATABASE_URL may too much or too little, and what to do
 */
export async function checkServiceRole(dataSource: DataSource): Promise<void> {
  const { name, isSuperuser, bypassesRowSecurity, ownsTables, isService } = await readPowers(dataSource);
  const tooMuch = [
    ...(isSuperuser ? ['is a superuser'] : []),
    ...(bypassesRowSecurity && !isSuperuser ? ['bypasses row-level security'] : []),
    ...(ownsTables && !isSuperuser ? ['owns tables'] : []),
  ];
  if (tooMuch.length > 0) {
    throw new Error(
      `The role ${name} of DATABASE_URL ${tooMuch.join(' and ')}, so the database could not keep people's data apart. ` +
        'Give its URL as MIGRATION_DATABASE_URL, and in DATABASE_URL that of a role made by: ' +
        `create role career login password '...' in role ${SERVICE_ROLE}`,
    );
  }
  if (!isService)
    throw new Error(
      `The role ${name} of DATABASE_URL is no member of ${SERVICE_ROLE}: grant ${SERVICE_ROLE} to ${name}`,
    );
}

/** Lets the service log in on a server that asks for no password, and answers the URL to do it with. */
export async function openToService(owner: DataSource, ownerUrl: string): Promise<string> {
  await owner.query(`do $$ begin
    if not (select rolcanlogin from pg_roles where rolname = '${SERVICE_ROLE}') then alter role ${SERVICE_ROLE} login; end if;
  end $$`);
  const url = new URL(ownerUrl);
  url.username = SERVICE_ROLE;
  return url.href;
}
