#if PolicyFiles
import GatehouseBase
import GatehouseClerk

/// An example of an answer with one thing changed.
struct ChangedExample {
    /// The change, and the names that lead to it, such as `organization.slug: null`.
    let change: String
    let answer: JSONValue
    /// True if the object's own id was changed.
    let isAboutID: Bool
}

extension OpenAPIDocument {
    /// How deep examples and their changes go.
    private static let maximumDepth = 6

    /// A value of a schema with every member that it describes.
    func example(of schema: [String: Any], depth: Int = 0) -> JSONValue {
        if let parts = schema["allOf"] as? [Any] {
            let merged = parts.compactMap { resolve($0) }.flatMap { example(of: $0, depth: depth).members }
            return .object(merged)
        }
        for keyword in ["oneOf", "anyOf"] {
            if let choice = (schema[keyword] as? [Any])?.lazy.compactMap({ self.resolve($0) }).first {
                return example(of: choice, depth: depth)
            }
        }
        if let values = schema["enum"] as? [Any], let first = values.first { return .string("\(first)") }
        let type = schema["type"] as? String ?? (schema["properties"] == nil ? nil : "object")
        switch type {
        case "object"?:
            guard depth < Self.maximumDepth, let properties = schema["properties"] as? [String: Any] else {
                return ["key": "value"]
            }
            let members = properties.sorted { $0.key < $1.key }.compactMap { name, property in
                resolve(property).map { JSONMember(name, example(of: $0, depth: depth + 1)) }
            }
            return .object(members)
        case "array"?:
            guard depth < Self.maximumDepth, let item = resolve(schema["items"]) else { return [] }
            return [example(of: item, depth: depth + 1)]
        case "integer"?, "number"?: return 1_700_000_000_000
        case "boolean"?: return true
        default: return .string((schema["example"] as? String) ?? "text")
        }
    }

    /// The example of a schema with each optional member absent, null and of an unknown value, and with unknown members added.
    func changedExamples(of schema: [String: Any]) -> [ChangedExample] {
        changes(of: example(of: schema), schema, at: "", depth: 0).map { change, answer in
            let isAboutID = ["id:", "[].id:", "data.[].id:", "m2m_tokens.[].id:"].contains { change.hasPrefix($0) }
            return ChangedExample(change: change, answer: answer, isAboutID: isAboutID)
        }
    }

    private func changes(
        of value: JSONValue,
        _ schema: [String: Any],
        at place: String,
        depth: Int
    ) -> [(String, JSONValue)] {
        let parts = (schema["allOf"] as? [Any] ?? []).compactMap { resolve($0) }
        let schemas = parts.isEmpty ? [schema] : parts
        switch value {
        case .array(let elements):
            guard let first = elements.first, let item = resolve(schema["items"]) else { return [] }
            return changes(of: first, item, at: place + "[].", depth: depth).map { ($0.0, .array([$0.1])) }
        case .object(let members) where depth < 4:
            var found: [(String, JSONValue)] = [
                ("\(place): a member more", .object(members + [JSONMember("brand_new", ["a": [1, nil]])]))
            ]
            for schema in schemas {
                let properties = schema["properties"] as? [String: Any] ?? [:]
                let required = Set(schema["required"] as? [String] ?? [])
                for (name, property) in properties {
                    guard let held = value[name], let property = resolve(property) else { continue }
                    let name = place + name
                    func put(_ change: String, _ new: JSONValue?) {
                        let key = String(name.dropFirst(place.count))
                        found.append(
                            (
                                "\(name): \(change)",
                                .object(
                                    members.compactMap { member in
                                        member.name == key ? new.map { JSONMember(key, $0) } : member
                                    }
                                )
                            )
                        )
                    }
                    if !required.contains(String(name.dropFirst(place.count))) {
                        put("absent", JSONValue?.none)
                        put("null", JSONValue.null)
                    }
                    put("unknown", held.string == nil ? "brand_new" : property["enum"] == nil ? 7 : "brand_new")
                    for (change, inner) in changes(of: held, property, at: name + ".", depth: depth + 1) {
                        let key = String(name.dropFirst(place.count))
                        found.append(
                            (change, .object(members.map { $0.name == key ? JSONMember(key, inner) : $0 }))
                        )
                    }
                }
            }
            return found
        default: return []
        }
    }
}
#endif
