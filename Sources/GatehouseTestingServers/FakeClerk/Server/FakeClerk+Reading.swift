#if TestServers
import Foundation
import GatehouseBase
import GatehouseClerk

extension FakeClerk {
    /// Returns the query as an object. The values have the types of the OpenAPI document's parameters.
    static func query(_ text: String, of operation: ClerkOperation) throws(FakeRefusal) -> JSONValue {
        var query: JSONValue = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(parts[0])
            let value = parts.count > 1 ? decoded(parts[1]) : ""
            let member = operation.query.first { $0.name == name }
            guard let member else {
                throw .invalid(name, "is no parameter of this operation", code: "form_param_unknown")
            }
            switch member.kind {
            case .array:
                query = query.replacing(name, with: .array((query[name]?.elements ?? []) + [.string(value)]))
                continue
            case .integer, .number:
                guard let number = Int(value) else { throw .invalid(name, "must be a number") }
                query = set(name, .int(number), in: query)
            case .boolean:
                guard value == "true" || value == "false" else { throw .invalid(name, "must be true or false") }
                query = set(name, .bool(value == "true"), in: query)
            default: query = set(name, .string(value), in: query)
            }
        }
        return query
    }

    /// Sets a member, unless the query already has the member: the first of several values counts.
    private static func set(_ name: String, _ value: JSONValue, in query: JSONValue) -> JSONValue {
        query[name] == nil ? query.replacing(name, with: value) : query
    }

    private static func decoded(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
    }

    /// Returns the body as JSON; `nil` if the operation takes no body.
    static func content(_ body: [UInt8], _ type: String, of operation: ClerkOperation) throws(FakeRefusal) -> JSONValue?
    {
        switch operation.body {
        case nil:
            guard body.isEmpty || body == Array("{}".utf8) else {
                throw FakeRefusal(422, "form_param_unknown", "The operation takes no body.")
            }
            return nil
        case .form?:
            guard type.hasPrefix("multipart/form-data; boundary=") else {
                throw FakeRefusal(415, "unsupported_content_type", "The body must be a form.")
            }
            return form(body, boundary: String(type.dropFirst("multipart/form-data; boundary=".count)))
        case .object?, .list?:
            if body.isEmpty { return [:] }
            guard type.hasPrefix("application/json") else {
                throw FakeRefusal(415, "unsupported_content_type", "The body must be JSON.")
            }
            guard let document = try? JSONDocument(parsing: body) else {
                throw FakeRefusal(400, "request_body_invalid", "The body is no JSON.")
            }
            return JSONValue(document.root)
        }
    }

    /// Returns the parts of a form by their names. A file is replaced by its length.
    private static func form(_ body: [UInt8], boundary: String) -> JSONValue {
        var members: [JSONMember] = []
        let text = String(decoding: body, as: UTF8.self)
        for part in text.components(separatedBy: "--" + boundary).dropFirst() {
            guard let range = part.range(of: "name=\""), let end = part[range.upperBound...].firstIndex(of: "\""),
                let content = part.range(of: "\r\n\r\n")
            else { continue }
            let isFile = part.contains("filename=\"")
            let value = part[content.upperBound...].replacing("\r\n", with: "")
            let name = String(part[range.upperBound..<end])
            members.append(JSONMember(name, .string(isFile ? "\(value.utf8.count) bytes" : String(value))))
        }
        return .object(members)
    }
}
#endif
