/** An entry of the company's skill catalogue. */
export interface Skill {
  id: string;
  externalId: string;
  name: string;
  description: string;
  category: string;
  aliases: string[];
}

/** A skill that a role asks for, at a level from 1 (basic) to 5 (expert). */
export interface RoleSkill {
  skillId: string;
  level: number;
}
