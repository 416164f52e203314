/** A part of the company, owned by the HRIS. */
export interface Department {
  id: string;
  externalId: string;
  name: string;
  parentId: string | null;
}
