import {
  BinaryOperationNode,
  type ColumnDefinitionNode,
  type CreateTableNode,
  DataTypeNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  type QueryId,
  RawNode,
  sql,
} from 'kysely'
import { valuesOf } from '../sets.ts'

/**
 * Says in PostgreSQL's words what the store says for SQLite: a list goes as one array; bytes are `bytea`, whole numbers `bigint`, a
 * numbered key counts by itself; text is compared byte by byte, as SQLite does, whatever the database's language.
 */
export function inPostgresWords(): KyselyPlugin {
  const translator = new Translator()
  return {
    transformQuery: ({ node, queryId }) => translator.transformNode(node, queryId),
    transformResult: async ({ result }) => result,
  }
}

const IN_BYTE_ORDER = sql`text collate "C"`.toOperationNode()
const ANY = ['any(', ')']

class Translator extends OperationNodeTransformer {
  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    const values = valuesOf(node.rightOperand) ?? plainList(node)
    if (!values) return super.transformBinaryOperation(node, queryId)
    const list = RawNode.create(ANY, [sql`${values}`.toOperationNode()])
    return BinaryOperationNode.create(this.transformNode(node.leftOperand, queryId), OperatorNode.create('='), list)
  }

  protected override transformColumnDefinition(node: ColumnDefinitionNode, queryId?: QueryId): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node, queryId)
    const numbers = node.primaryKey && DataTypeNode.is(node.dataType) && node.dataType.dataType === 'integer'
    return { ...column, dataType: typeOf(node.dataType), ...(numbers && { generated: BY_ITSELF }) }
  }

  protected override transformCreateTable(node: CreateTableNode, queryId?: QueryId): CreateTableNode {
    // The one thing that is said behind a table is how SQLite is to keep it.
    const { endModifiers: _, ...table } = super.transformCreateTable(node, queryId)
    return table
  }
}

/** What a column is to be one of; SQLite knows a list of nothing, PostgreSQL an array of nothing. */
function plainList({ operator, rightOperand }: BinaryOperationNode): readonly unknown[] | undefined {
  const isIn = OperatorNode.is(operator) && operator.operator === 'in'
  return isIn && PrimitiveValueListNode.is(rightOperand) ? rightOperand.values : undefined
}

const BY_ITSELF = { kind: 'GeneratedNode', byDefault: true, identity: true } as const

function typeOf(type: OperationNode): OperationNode {
  if (!DataTypeNode.is(type)) return type
  if (type.dataType === 'text') return IN_BYTE_ORDER
  if (type.dataType === 'blob') return DataTypeNode.create('bytea')
  return type.dataType === 'integer' ? DataTypeNode.create('bigint') : type
}
