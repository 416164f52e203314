/** The identifiers of the company in Postgres, as `generator.identifier` makes them. */
const identifier = (kind, thing) => `0193${kind}-0000-7000-8000-${thing.toString(16).padStart(12, '0')}`;

export const employeeId = (employee) => identifier('1000', employee);
export const externalIdOf = (employee) => `E-${String(employee).padStart(7, '0')}`;

/** Everybody has one plan. */
export const planId = (employee) => identifier('2000', employee);

/** The actions of everybody are numbered from 0; there are five at least. */
export const actionId = (employee, place) => identifier('4000', employee * 16 + place);

/** So many have ten reports each. */
export const managersOf = (employees) => Math.floor((employees - 1) / 10);
