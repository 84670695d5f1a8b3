import Gatehouse

extension ReferenceFacts {
    /// The value of an operand; `nil` if the operand names something that is missing.
    func operand(_ operand: JSONValue) -> JSONValue? {
        switch operand {
        case .string(let text) where text.utf8.starts(with: "$$".utf8): return .string(String(text.dropFirst()))
        case .string(let text) where text.utf8.first == UInt8(ascii: "$"): return value(at: text)
        case .array(let elements):
            let values = elements.map { self.operand($0) }
            return values.contains { $0 == nil } ? nil : .array(values.compactMap { $0 })
        default: return operand
        }
    }

    /// The value that a path leads to; `nil` if there is none.
    func value(at path: String) -> JSONValue? {
        let parts = Self.parts(of: path.dropFirst())
        guard let root = parts.first, let name = parts.dropFirst().first else { return nil }
        let rest = Array(parts.dropFirst(2))
        switch (root, name) {
        case ("principal", "id"): return follow(.string(check.principal.id), rest)
        case ("principal", "type"): return follow(.string(check.principal.type ?? check.principal.kind.rawValue), rest)
        case ("principal", "issuer"):
            return follow(check.principal.issuer == "" ? nil : .string(check.principal.issuer), rest)
        case ("principal", "organization"): return follow(check.principal.organization.map { .string($0.id) }, rest)
        case ("principal", "roles"): return follow(.array(held.map { .string($0) }), rest)
        case ("principal", "attributes"): return follow(check.principal.attributes, rest)
        case ("principal", "claims"): return follow(check.principal.claims, rest)
        case ("resource", "type"): return follow(check.resource?.type.map { .string($0) }, rest)
        case ("resource", "id"): return follow(check.resource?.id.map { .string($0) }, rest)
        case ("resource", _): return follow(check.resource?.attributes, [name] + rest)
        case ("action", "name"): return follow(.string(check.permission.name), rest)
        case ("action", _): return follow(check.action, [name] + rest)
        case ("context", _): return follow(check.context, [name] + rest)
        default: return nil
        }
    }

    /// Names behind dots, or in brackets and quotation marks; the paths here have no escapes.
    private static func parts(of path: Substring) -> [String] {
        guard let bracket = path.firstRange(of: "[\""), let end = path[bracket.upperBound...].firstRange(of: "\"]")
        else {
            return path.split(separator: ".").map(String.init)
        }
        return parts(of: path[..<bracket.lowerBound]) + [String(path[bracket.upperBound..<end.lowerBound])]
            + parts(of: path[end.upperBound...])
    }

    /// Down through members; nothing else has parts.
    private func follow(_ value: JSONValue?, _ names: [String]) -> JSONValue? {
        guard let name = names.first else { return value }
        guard case .object(let members) = value else { return nil }
        return follow(members.first { $0.name.isByteForByte(name) }?.value, Array(names.dropFirst()))
    }
}
