import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { isConceivable, isOpen, standingsGranted } from '../shared/access.js';
import { type AccessSubject, ruleOf, STANDING_NAMES } from '../shared/access-table.js';
import { badUserInput, forbidden, unauthenticated } from './errors.js';
import type { Guard } from './guards.js';

/** The row of the access table that something falls under, or PART: whoever sees what leads to it sees it, too. */
export type AccessDeclaration = AccessSubject | 'PART';

/**
 * Says under which row of the access table a type falls, a field that leads to other rights than its type, a query or a
 * mutation. The service does not start while one of them says nothing.
 * @param fields of a type that not everybody who is signed in may see: which of its fields fall under that row. A field
 *   that is added says for itself where it belongs, or is added here: none is shown because nobody thought of it.
 */
export const Access = (
  declaration: AccessDeclaration,
  ...fields: string[]
): MethodDecorator & PropertyDecorator & ClassDecorator => Extensions({ access: declaration, accessFields: fields });

type Declaring = Pick<GraphQLField<unknown, unknown>, 'extensions'> | Pick<GraphQLNamedType, 'extensions'>;

const fieldsOf = ({ extensions }: GraphQLObjectType): readonly string[] =>
  (extensions['accessFields'] as string[] | undefined) ?? [];

const declarationOf = (declaring: Declaring | null | undefined): AccessDeclaration | undefined =>
  declaring?.extensions['access'] as AccessDeclaration | undefined;

/** What a field inherits from its type: anything where all may see it, else only what the type says of this field. */
function inheritedBy(field: string, type: GraphQLObjectType): AccessDeclaration | undefined {
  const declaration = declarationOf(type);
  if (declaration === undefined || declaration === 'PART' || isOpen(declaration)) return declaration;
  return fieldsOf(type).includes(field) ? declaration : undefined;
}

/** What each field of each object type falls under, by `Type.field`. Throws when one says nothing. */
export function accessDeclarations(schema: GraphQLSchema): Map<string, AccessDeclaration> {
  const declarations = new Map<string, AccessDeclaration>();
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const declaration = declarationOf(field) ?? inheritedBy(field.name, type);
      if (declaration) declarations.set(`${type.name}.${field.name}`, declaration);
      else silent.push(`${type.name}.${field.name}`);
    }
    for (const field of fieldsOf(type)) if (!type.getFields()[field]) silent.push(`${type.name}.${field} (no field)`);
  }
  if (silent.length > 0) {
    throw new Error(
      `These say nothing of who may see or do them: ${silent.join(', ')}. Add @Access(...), see docs/permissions.md.`,
    );
  }
  return declarations;
}

/** A field of an operation, as `Type.field` and where it stands. */
interface AskedField {
  coordinate: string;
  node: FieldNode;
}

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
      const coordinate = `${types.getParentType()?.name}.${node.name.value}`;
      const declaration = declarations.get(coordinate);
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
    if (subjects.size === 0) return; // the schema itself is open where introspection is on
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
