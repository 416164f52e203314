import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { isConceivable, standingsGranted } from '../shared/access.js';
import { type AccessSubject, ruleOf, STANDING_NAMES } from '../shared/access-table.js';
import { badUserInput, forbidden, unauthenticated } from './errors.js';
import type { Guard } from './guards.js';

/** The row of the access table that something falls under, or PART: whoever sees what leads to it sees it, too. */
export type AccessDeclaration = AccessSubject | 'PART';

/**
 * Says under which row of the access table a type falls, a field that leads to other rights than its type, a query or a
 * mutation. The service does not start while one of them says nothing.
 * @param fields of a type: which of its fields fall under that row. A field that is added says for itself where it belongs,
 *   or is added here: none is shown because nobody thought of it. All fields of a PART are shown to who sees the whole.
 */
export const Access = (
  declaration: AccessDeclaration,
  ...fields: string[]
): MethodDecorator & PropertyDecorator & ClassDecorator => Extensions({ access: declaration, accessFields: fields });

/**
 * Says under which row the fields of an interface fall where its types have different ones for them. Apart from `Access`,
 * because the classes of the types inherit what is said of the interface's.
 */
export const InterfaceAccess = (declaration: AccessDeclaration): ClassDecorator =>
  Extensions({ interfaceAccess: declaration });

type Declaring = Pick<GraphQLField<unknown, unknown>, 'extensions'> | Pick<GraphQLNamedType, 'extensions'>;

const fieldsOf = ({ extensions }: GraphQLObjectType): readonly string[] =>
  (extensions['accessFields'] as string[] | undefined) ?? [];

const declarationOf = (declaring: Declaring | null | undefined): AccessDeclaration | undefined =>
  declaring?.extensions['access'] as AccessDeclaration | undefined;

/** What a field inherits from its type: anything where it is a part of something, else only what the type says of it. */
function inheritedBy(field: string, type: GraphQLObjectType): AccessDeclaration | undefined {
  const declaration = declarationOf(type);
  return declaration === 'PART' || fieldsOf(type).includes(field) ? declaration : undefined;
}

/** What is declared, by `Type.field`, and what nothing is declared of. */
class Declarations {
  readonly byCoordinate = new Map<string, AccessDeclaration>();
  readonly silent: string[] = [];

  constructor(private readonly schema: GraphQLSchema) {
    const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
    for (const type of types) if (isObjectType(type)) this.addObject(type);
    for (const type of types) if (isInterfaceType(type)) this.addInterface(type);
  }

  private add(coordinate: string, declaration: AccessDeclaration | undefined): void {
    if (declaration) this.byCoordinate.set(coordinate, declaration);
    else this.silent.push(coordinate);
  }

  private addObject(type: GraphQLObjectType): void {
    const isRoot = Object.values(OperationTypeNode).some((operation) => this.schema.getRootType(operation) === type);
    for (const field of Object.values(type.getFields())) {
      const declaration = declarationOf(field) ?? inheritedBy(field.name, type);
      // Nothing leads to what stands at the root.
      this.add(`${type.name}.${field.name}`, isRoot && declaration === 'PART' ? undefined : declaration);
    }
    for (const field of fieldsOf(type))
      if (!type.getFields()[field]) this.silent.push(`${type.name}.${field} (no field)`);
  }

  /** A field of an interface falls under the row that it has in every type; where they differ, it has to say so itself. */
  private addInterface(type: GraphQLInterfaceType): void {
    for (const field of Object.values(type.getFields())) {
      const possible = this.schema.getPossibleTypes(type).map(({ name }) => `${name}.${field.name}`);
      const rows = new Set(possible.map((coordinate) => this.byCoordinate.get(coordinate)));
      const shared = rows.size === 1 ? [...rows][0] : undefined;
      const declared = type.extensions['interfaceAccess'] as AccessDeclaration | undefined;
      this.add(`${type.name}.${field.name}`, shared ?? declared);
    }
  }
}

/** What each field of each object type and interface falls under, by `Type.field`. Throws when one says nothing. */
export function accessDeclarations(schema: GraphQLSchema): Map<string, AccessDeclaration> {
  const { byCoordinate, silent } = new Declarations(schema);
  if (silent.length > 0) {
    throw new Error(
      `These say nothing of who may see or do them: ${silent.join(', ')}. Add @Access(...), see docs/permissions.md.`,
    );
  }
  return byCoordinate;
}

/** A field of an operation, as `Type.field` and where it stands. */
interface AskedField {
  coordinate: string;
  node: FieldNode;
}

/** What tells of the schema: it is open where introspection is on. */
const isIntrospection = ({ name }: FieldNode, parent: GraphQLCompositeType | null | undefined): boolean =>
  name.value.startsWith('__') || (parent != null && isIntrospectionType(parent));

/** Which rows of the access table an operation touches, in whatever depth and through its fragments; for each, where first. */
function subjectsOf(
  schema: GraphQLSchema,
  declarations: ReadonlyMap<string, AccessDeclaration>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<AccessSubject, AskedField> {
  const found = new Map<AccessSubject, AskedField>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    OperationDefinition: (node) => (node === operation ? undefined : false), // the others are not run
    Field: (node) => {
      const parent = types.getParentType();
      const coordinate = `${parent?.name}.${node.name.value}`;
      const declaration = declarations.get(coordinate);
      if (!declaration && !isIntrospection(node, parent)) throw new Error(`${coordinate} has no rule.`);
      if (declaration && declaration !== 'PART' && !found.has(declaration))
        found.set(declaration, { coordinate, node });
    },
  });
  visit({ kind: Kind.DOCUMENT, definitions: document.definitions }, visitor);
  return found;
}

/**
 * Refuses an operation before anything of it runs when there can be nobody towards whom the viewer may do all of it.
 * Towards whom they may is decided where data is read and written.
 */
export function accessGuard(schema: GraphQLSchema): Guard {
  const declarations = accessDeclarations(schema);
  const known = new WeakMap<OperationDefinitionNode, ReadonlyMap<AccessSubject, AskedField>>(); // documents are cached and come again
  return ({ operation, document, contextValue }) => {
    if (!operation) return;
    if (!schema.getRootType(operation.operation)) {
      throw badUserInput(`This API has no ${operation.operation} operations.`, []);
    }
    const subjects = known.get(operation) ?? subjectsOf(schema, declarations, document, operation);
    known.set(operation, subjects);
    if (subjects.size === 0) return; // it asks for nothing but the schema
    if (!contextValue.isSignedIn) throw unauthenticated();
    for (const [subject, { coordinate, node }] of subjects) {
      if (isConceivable(subject, contextValue.viewer)) continue;
      const { description } = ruleOf(subject);
      const allowed = standingsGranted(subject).map((standing) => STANDING_NAMES[standing]);
      throw forbidden(
        `"${coordinate}" is not for your sign-in (${description}). It is for: ${allowed.join(', ')}.`,
        node,
      );
    }
  };
}
