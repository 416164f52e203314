import { DefaultNamingStrategy } from 'typeorm';

/** Names columns as SQL does: `workEmail` is `work_email`. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
