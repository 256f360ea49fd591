package graphql_cases

schema := `
interface Named { name: String! }
type Dog implements Named { name: String! barks(loud: Boolean = true): Boolean owner: Human nick: String }
type Cat implements Named { name: String! meows: Int nick: String! }
type Human implements Named { name: String! pets(first: Int!, kind: Kind): [Pet] age: Float id: ID }
union Pet = Dog | Cat
enum Kind { DOG CAT BIRD }
input Filter { kind: Kind, tags: [String!], nested: Filter, min: Int = 3, must: Boolean! }
input One @oneOf { a: Int, b: String }
directive @only on FIELD
directive @many(n: Int!) repeatable on FIELD | QUERY
scalar Any
type Query { human(id: ID!): Human pets(filter: Filter): [Pet!]! any(x: Any): Any one(o: One): Int named: Named list(xs: [Int]): Int }
type Mutation { set(x: Int): Int }
type Subscription { tick: Int tock: Int }
`

ok[i] := graphql.is_valid(query, schema) if some i, query in input.queries

parsed[i] := graphql.parse_query(query) if some i, query in input.queries

verified[i] := graphql.parse_and_verify(query, schema)[0] if some i, query in input.queries

schemas[i] := graphql.schema_is_valid(text) if some i, text in input.schemas

schema_trees[i] := graphql.parse_schema(text) if some i, text in input.schemas

tree_valid := graphql.is_valid(graphql.parse_query("{ human(id: 1) { name } }"), graphql.parse_schema(schema))

tree_invalid := graphql.is_valid(graphql.parse_query("{ human { name } }"), graphql.parse_schema(schema))
