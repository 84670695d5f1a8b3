#if PolicyFiles
import Foundation
import GatehouseBase
import SharedVectors
import Yams

/// Clerk's OpenAPI document, and what it says of a JSON value: written for these tests alone, so that neither the client nor the fake is
/// judged by code of its own.
final class OpenAPIDocument: @unchecked Sendable {
    private let root: [String: Any]

    static let bapi = try? OpenAPIDocument(at: SharedVectors.url(of: "clerk/bapi-2026-05-12.yml"))

    init(at url: URL) throws {
        let loaded = try Yams.load(yaml: String(contentsOf: url, encoding: .utf8))
        root = loaded as? [String: Any] ?? [:]
    }

    func resolve(_ node: Any?) -> [String: Any]? {
        guard let map = node as? [String: Any] else { return nil }
        guard let reference = map["$ref"] as? String else { return map }
        var found: Any? = root
        for part in reference.split(separator: "/").dropFirst() { found = (found as? [String: Any])?[String(part)] }
        return resolve(found)
    }

    private func operation(_ method: String, _ path: String) -> [String: Any]? {
        let item = resolve((root["paths"] as? [String: Any])?[path])
        return resolve(item?[method.lowercased()])
    }

    /// The schema of the answer with this status; `nil` if the document has none.
    func schema(_ method: String, _ path: String, _ status: Int) -> [String: Any]? {
        let responses = operation(method, path)?["responses"] as? [String: Any]
        let response = resolve(responses?[String(status)])
        let content = response?["content"] as? [String: Any]
        return resolve((content?["application/json"] as? [String: Any])?["schema"])
    }

    /// How an answer differs from the document.
    func violations(of answer: JSONValue, method: String, path: String, status: Int) -> [String] {
        guard let schema = schema(method, path, status) else { return [] }
        return violations(of: answer, schema, at: "")
    }

    /// How a body differs from the document.
    func violations(ofBody body: JSONValue, method: String, path: String) -> [String] {
        let request = resolve(operation(method, path)?["requestBody"])
        let content = request?["content"] as? [String: Any]
        guard let schema = resolve((content?["application/json"] as? [String: Any])?["schema"]) else { return [] }
        return violations(of: body, schema, at: "")
    }

    /// True if the document has a parameter of the query.
    func hasQuery(_ name: String, method: String, path: String) -> Bool {
        let own = operation(method, path)?["parameters"] as? [Any] ?? []
        let shared = resolve((root["paths"] as? [String: Any])?[path])?["parameters"] as? [Any] ?? []
        return (own + shared).contains { parameter in
            let map = resolve(parameter)
            return map?["name"] as? String == name && map?["in"] as? String == "query"
        }
    }

    private func violations(of value: JSONValue, _ schema: [String: Any], at place: String) -> [String] {
        if value == .null, schema["nullable"] as? Bool == true { return [] }
        var found: [String] = []
        for part in schema["allOf"] as? [Any] ?? [] {
            if let part = resolve(part) { found += violations(of: value, part, at: place) }
        }
        for keyword in ["oneOf", "anyOf"] {
            let choices = (schema[keyword] as? [Any] ?? []).compactMap { resolve($0) }
            let all = choices.map { violations(of: value, $0, at: place) }
            if !all.isEmpty, !all.contains(where: \.isEmpty) {
                found.append("\(place): fits no choice: \(all.min { $0.count < $1.count } ?? [])")
            }
        }
        if let allowed = schema["enum"] as? [Any],
            !allowed.contains(where: { "\($0)" == value.string ?? value.description })
        {
            found.append("\(place): \(value) is none of \(allowed)")
        }
        switch (schema["type"] as? String, value) {
        case ("object"?, .object(let members)): found += violations(of: members, schema, at: place)
        case ("array"?, .array(let elements)):
            if let item = resolve(schema["items"]) {
                for element in elements { found += violations(of: element, item, at: place + "[]") }
            }
        case ("string"?, .string), ("boolean"?, .bool), ("number"?, .number): break
        case ("integer"?, .number(let number)) where number.int != nil: break
        case (nil, _): break
        case (let type?, _): found.append("\(place): \(value) is no \(type)")
        }
        return found
    }

    private func violations(of members: [JSONMember], _ schema: [String: Any], at place: String) -> [String] {
        var found: [String] = []
        let properties = schema["properties"] as? [String: Any] ?? [:]
        for name in schema["required"] as? [String] ?? [] where !members.contains(where: { $0.name == name }) {
            found.append("\(place).\(name): is missing")
        }
        for member in members {
            if let property = resolve(properties[member.name]) {
                found += violations(of: member.value, property, at: "\(place).\(member.name)")
            } else if schema["additionalProperties"] as? Bool == false {
                found.append("\(place).\(member.name): is not described")
            }
        }
        return found
    }
}
#endif
