-- The employees from :first to :last. Ten people report to each, from the first one on. Everybody has an active plan of two or
-- three skills with five to nine actions, and each action five progress entries.
insert into employee (id, external_id, name, work_email, job_title, department_id, role_id, manager_id, hired_on)
select generator.identifier('1000', i), 'E-' || lpad(i::text, 7, '0'), 'Person ' || i, 'person' || i || '@example.com',
  'Role ' || 1 + i % 200, generator.identifier('0001', 1 + i % 60), generator.identifier('0002', 1 + i % 200),
  case when i > 1 then generator.identifier('1000', (i - 2) / 10 + 1) end, date '2015-01-01' + (i % 4000)::integer
from generate_series(:first::bigint, :last::bigint) as i;

insert into reporting_line (report_id, manager_id, depth)
with recursive line (report, manager, depth) as (
  select i, (i - 2) / 10 + 1, 1 from generate_series(greatest(2, :first::bigint), :last::bigint) as i
  union all
  select report, (manager - 2) / 10 + 1, depth + 1 from line where manager > 1
)
select generator.identifier('1000', report), generator.identifier('1000', manager), depth from line;

insert into action_plan (id, employee_id, goal, target_role_id, target_on, status, version, policy_id, created_at, updated_at, activated_at)
select generator.identifier('2000', i), generator.identifier('1000', i),
  'Lead the launch of product ' || generator.pick(i, 1, 1000) || ' from the first idea to the first customers',
  generator.identifier('0002', 1 + i % 200), date '2036-06-30', 'ACTIVE', 2, '01900000-0000-7000-8000-000000000001',
  timestamptz '2026-05-01 09:00+00', timestamptz '2026-05-20 09:00+00', timestamptz '2026-05-20 09:00+00'
from generate_series(:first::bigint, :last::bigint) as i;

insert into plan_skill (id, plan_id, skill_id, rank, outcome, employee_id)
select generator.identifier('3000', i * 4 + place), generator.identifier('2000', i),
  generator.identifier('0003', 1 + (generator.pick(i, 2, 100) + place * 7) % 120), place,
  'Others ask for advice on it at least once a month', generator.identifier('1000', i)
from generate_series(:first::bigint, :last::bigint) as i, generate_series(1, 3) as place
where place <= 2 + generator.pick(i, 3, 2);

-- Of seven actions five are on the job, one is with others and one is a training; more or fewer are on the job.
insert into action (id, plan_id, plan_skill_id, position, kind, category, title, description, success_measure, expected_outcome,
  time_frame, start_on, due_on, status, percent_complete, employee_id)
select generator.identifier('4000', i * 16 + place), generator.identifier('2000', i),
  generator.identifier('3000', i * 4 + 1 + place % (2 + generator.pick(i, 3, 2))), place / (2 + generator.pick(i, 3, 2)),
  case place when 0 then 'JOB_SHADOWING' when 1 then 'COURSE' else 'SPECIAL_PROJECT' end,
  case place when 0 then 'EXPOSURE' when 1 then 'EDUCATION' else 'EXPERIENCE' end,
  case place when 0 then 'Shadow the head of purchasing for two days' when 1 then 'Attend the course on difficult conversations'
    else 'Take over the monthly review number ' || place || ' with the sales team' end,
  'The first two rounds are done together, the third one alone, with feedback the day after.',
  'Three rounds held by 30 April, with feedback of 4 out of 5', 'Decisions are made a week earlier than before',
  'Two hours a week until April', date '2026-09-01', date '2036-04-30', 'IN_PROGRESS', 50, generator.identifier('1000', i)
from generate_series(:first::bigint, :last::bigint) as i, generate_series(0, 8) as place
where place < 5 + generator.pick(i, 4, 5);

insert into progress_update (id, action_id, author_id, percent_complete, status, note, occurred_at, created_at, employee_id)
select generator.identifier('5000', (i * 16 + place) * 8 + entry), generator.identifier('4000', i * 16 + place),
  generator.identifier('1000', i), 10 * entry, 'IN_PROGRESS',
  'Round ' || entry || ' went well; the figures for the north came late again.',
  timestamptz '2026-06-01 09:00+00' + entry * interval '15 days', timestamptz '2026-06-01 09:00+00' + entry * interval '15 days',
  generator.identifier('1000', i)
from generate_series(:first::bigint, :last::bigint) as i, generate_series(0, 8) as place, generate_series(1, 5) as entry
where place < 5 + generator.pick(i, 4, 5);
