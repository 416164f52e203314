import type { Viewer } from '../../shared/viewer.js';
import { ViewerConfirmation } from '../../shared/viewer-confirmation.js';
import type { EmployeeName, Identity } from './identity.js';
import type { KnownEmployees } from './known-employees.js';
import { type FindEmployee, viewerFromIdentity } from './viewer-from-token.js';

/** Who makes one request: looked up, or remembered and then confirmed by Postgres before the answer leaves. See docs/adr/0019. */
export class RequestSignIn {
  private recalled: { name: EmployeeName; confirmation: ViewerConfirmation } | null = null;

  constructor(
    private readonly employees: KnownEmployees,
    private readonly findEmployee: FindEmployee,
  ) {}

  /** What every reader in the viewer's name has to be given; null where they were looked up. */
  get confirmation(): ViewerConfirmation | null {
    return this.recalled?.confirmation ?? null;
  }

  /**
   * Who it is that a token speaks of.
   * @param mayRecall whether that may be who they were the last time; if so, `confirm` must have the last word
   * @throws UNAUTHENTICATED when it is nobody who works here, and no service account
   */
  async viewerOf(identity: Identity, mayRecall: boolean): Promise<Viewer> {
    const { employee: name } = identity;
    const known = mayRecall && name ? this.employees.recall(name) : null;
    this.recalled = known && { name: name!, confirmation: new ViewerConfirmation(known) };
    if (!known) return viewerFromIdentity(identity, (asked) => this.lookUp(asked));
    return viewerFromIdentity(identity, async () => ({ ...known, id: known.employeeId, employed: true }));
  }

  /**
   * Whether the request ran in the name of the right person. Who was remembered, and has read nothing, is looked up now.
   * @throws OutageError when that cannot be found out
   * @returns false when it must be made anew, by who is looked up then
   */
  async confirm(): Promise<boolean> {
    if (!this.recalled) return true;
    const { name, confirmation } = this.recalled;
    if (confirmation.isOpen) {
      if (confirmation.failure) throw confirmation.failure; // who has waited for a database in vain does not wait twice
      const employee = await this.lookUp(name);
      if (employee?.employed && employee.id === confirmation.remembered.employeeId) confirmation.confirm();
      else confirmation.refute();
    }
    if (confirmation.isRefuted) this.employees.forget(name);
    return !confirmation.isRefuted;
  }

  private async lookUp(name: EmployeeName): ReturnType<FindEmployee> {
    const employee = await this.findEmployee(name);
    if (employee?.employed) {
      const { id: employeeId, match, value } = employee;
      this.employees.remember(name, { employeeId, match, value });
    }
    return employee;
  }
}
