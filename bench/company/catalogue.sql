-- What all people of the company share, and what makes it the same company every time.
create schema generator;

-- A number from 0 to range - 1 that looks like chance, and is the same every time.
create function generator.pick(thing bigint, salt integer, range integer) returns integer language sql immutable parallel safe
return (abs(hashint8(thing * 64 + salt)::bigint) % range)::integer;

create function generator.identifier(kind text, thing bigint) returns uuid language sql immutable parallel safe
return ('0193' || kind || '-0000-7000-8000-' || lpad(to_hex(thing), 12, '0'))::uuid;

insert into department (id, external_id, name)
select generator.identifier('0001', i), 'D-' || i, 'Department ' || i from generate_series(1, 60) as i;

insert into role (id, external_id, title, level)
select generator.identifier('0002', i), 'R-' || i, 'Role ' || i, 1 + i % 20 from generate_series(1, 200) as i;

insert into skill (id, external_id, name, description, category)
select generator.identifier('0003', i), 'S-' || i, 'Skill ' || i, 'What people do who can do it, number ' || i, 'Category ' || i % 8
from generate_series(1, 120) as i;
