import GatehouseBase
import Testing

/// Judges a value by the keywords of JSON Schema 2020-12 that the policy document's schema uses.
struct SchemaValidator {
    private static let annotations: Set<String> = ["$schema", "title", "description", "default", "$defs"]

    let root: JSONValue

    init(_ text: String) throws {
        root = JSONValue(try JSONDocument(parsing: Array(text.utf8)).root)
    }

    /// The faults of a value, each with its path; none where the schema accepts it.
    func faults(of value: JSONValue) throws -> [String] { try faults(of: value, by: root, "$") }

    private func faults(of value: JSONValue, by schema: JSONValue, _ path: String) throws -> [String] {
        try schema.members.flatMap { keyword in
            let isMet = try judge(value, keyword.name, keyword.value, schema, path)
            return isMet.isEmpty ? [] : isMet
        }
    }

    private func judge(
        _ value: JSONValue,
        _ keyword: String,
        _ argument: JSONValue,
        _ schema: JSONValue,
        _ path: String
    ) throws -> [String] {
        func require(_ condition: Bool) -> [String] { condition ? [] : ["\(path): \(keyword)"] }
        switch keyword {
        case _ where Self.annotations.contains(keyword): return []
        case "$ref":
            let name = try #require(argument.text).split(separator: "/").last.map(String.init) ?? ""
            let definition = root.member("$defs")?.member(name)
            return try faults(of: value, by: try #require(definition, "no definition \(name)"), path)
        case "type":
            let types = argument.elements?.compactMap(\.text) ?? [argument.text ?? ""]
            return require(types.contains { value.is(type: $0) })
        case "const": return require(value == argument)
        case "enum": return require(argument.elements?.contains(value) == true)
        case "anyOf":
            return require(try argument.elements?.contains { try faults(of: value, by: $0, path).isEmpty } == true)
        case "pattern":
            guard let text = value.text else { return [] }
            return require(text.firstMatch(of: try Regex(try #require(argument.text))) != nil)
        case "minLength": return require(value.text.map { $0.unicodeScalars.count >= argument.integer } ?? true)
        case "maxLength": return require(value.text.map { $0.unicodeScalars.count <= argument.integer } ?? true)
        case "minimum": return require(value.number.map { $0 >= Double(argument.integer) } ?? true)
        case "minItems": return require(value.elements.map { $0.count >= argument.integer } ?? true)
        case "maxItems": return require(value.elements.map { $0.count <= argument.integer } ?? true)
        case "minProperties": return require(!value.isObject || value.members.count >= argument.integer)
        case "maxProperties": return require(!value.isObject || value.members.count <= argument.integer)
        case "items":
            return try (value.elements ?? []).enumerated().flatMap {
                try faults(of: $1, by: argument, "\(path)[\($0)]")
            }
        case "required":
            guard value.isObject else { return [] }
            return require(argument.elements?.allSatisfy { value.member($0.text ?? "") != nil } == true)
        case "properties":
            return try argument.members.flatMap { property in
                try value.member(property.name).map {
                    try faults(of: $0, by: property.value, "\(path).\(property.name)")
                }
                    ?? []
            }
        case "propertyNames":
            return try value.members.flatMap { try faults(of: .string($0.name), by: argument, "\(path).\($0.name)") }
        case "additionalProperties":
            let known = Set(schema.member("properties")?.members.map(\.name) ?? [])
            return try value.members.filter { !known.contains($0.name) }.flatMap { member in
                if argument == .bool(false) { return ["\(path).\(member.name): \(keyword)"] }
                return try faults(of: member.value, by: argument, "\(path).\(member.name)")
            }
        default:
            Issue.record("the validator does not know the keyword \(keyword)")
            return []
        }
    }
}

extension JSONValue {
    fileprivate var members: [JSONMember] { if case .object(let members) = self { members } else { [] } }
    fileprivate var isObject: Bool { if case .object = self { true } else { false } }
    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var number: Double? { if case .number(let number) = self { Double(number.description) } else { nil } }
    fileprivate var integer: Int { number.map { Int($0) } ?? 0 }

    fileprivate func member(_ name: String) -> JSONValue? {
        members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    fileprivate func `is`(type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .number: type == "number" || type == "integer" && number.map { $0 == $0.rounded() } == true
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
