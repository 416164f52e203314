import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLResolveInfo,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** A field with what is selected below it. */
export type Selected = Pick<GraphQLResolveInfo, 'returnType' | 'fieldNodes' | 'fragments' | 'schema'>;

/**
 * Whether a field, anywhere below the one that is being resolved, is among those named as `Type.field`.
 * A read path asks this to fetch in its one statement what the selection will need, and no more.
 */
export function selectsAny(info: Selected, coordinates: ReadonlySet<string>): boolean {
  const type = getNamedType(info.returnType);
  return isCompositeType(type) && info.fieldNodes.some((node) => below(node.selectionSet, type, info, coordinates));
}

function below(
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLCompositeType,
  info: Selected,
  coordinates: ReadonlySet<string>,
): boolean {
  return (selectionSet?.selections ?? []).some((selection) => {
    if (selection.kind === Kind.FIELD) return atField(selection, type, info, coordinates);
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value]! : selection;
    const condition = fragment.typeCondition && info.schema.getType(fragment.typeCondition.name.value);
    return below(fragment.selectionSet, isCompositeType(condition) ? condition : type, info, coordinates);
  });
}

function atField(
  node: FieldNode,
  type: GraphQLCompositeType,
  info: Selected,
  coordinates: ReadonlySet<string>,
): boolean {
  if (coordinates.has(`${type.name}.${node.name.value}`)) return true;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  const next = field && getNamedType(field.type);
  return isCompositeType(next) && below(node.selectionSet, next, info, coordinates);
}
