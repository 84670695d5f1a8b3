import GatehouseBase

/// A reader of the bytes of ``PolicyContent``; the result is `nil` for any other bytes.
struct PolicyContentReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func policy() -> Policy? {
        guard text()?.hasSameBytes(as: PolicyContent.label) == true, let name = text(),
            let combining = Policy.Combining(rawValue: name),
            let permissions = optional({ $0.list { $0.cataloguedPermission() } }), let roles = list({ $0.role() }),
            let rules = list({ $0.rule() }), let constraints = list({ $0.constraint() }),
            let assignments = list({ $0.assignment() }), index == bytes.count
        else { return nil }
        return Policy(
            combining: combining,
            permissions: permissions.value,
            roles: roles,
            rules: rules,
            constraints: constraints,
            assignments: assignments
        )
    }

    private mutating func cataloguedPermission() -> CataloguedPermission? {
        guard let name = text(), let description = text() else { return nil }
        return CataloguedPermission(name, description)
    }

    private mutating func role() -> Role? {
        guard let name = text(), let description = optional({ $0.text() }), let inherits = list({ $0.text() }),
            let grants = list({ $0.text() }), let denies = list({ $0.text() })
        else { return nil }
        return Role(
            name,
            description: description.value,
            inherits: inherits,
            grants: grants,
            denies: denies
        )
    }

    private mutating func rule() -> Rule? {
        guard let id = text(), let name = text(), let effect = Rule.Effect(rawValue: name),
            let roles = list({ $0.text() }),
            let permissions = list({ $0.text() }), let condition = optional({ $0.condition() })
        else { return nil }
        return Rule(id, effect, permissions: permissions, roles: roles, when: condition.value)
    }

    private mutating func condition() -> Condition? {
        guard let text = text(), let document = try? JSONDocument(parsing: Array(text.utf8), maximumDepth: 512) else {
            return nil
        }
        return Condition(content: JSONValue(document.root))
    }

    private mutating func constraint() -> Constraint? {
        guard let id = text(), let name = text(), let kind = Constraint.Kind(rawValue: name), let limit = number(),
            let roles = list({ $0.text() })
        else { return nil }
        return Constraint(id, kind, roles: roles, limit: limit)
    }

    private mutating func assignment() -> Assignment? {
        guard let principal = text(), let type = text(), let issuer = optional({ $0.text() }),
            let organization = optional({ $0.text() }), let role = text(), let resource = optional({ $0.resource() }),
            let notBefore = optional({ $0.time() }), let notAfter = optional({ $0.time() })
        else { return nil }
        return Assignment(
            RoleAssignment(role, on: resource.value, notBefore: notBefore.value, notAfter: notAfter.value),
            to: principal,
            in: organization.value,
            type: type,
            issuer: issuer.value
        )
    }

    private mutating func resource() -> ResourceID? {
        guard let type = text(), let id = text() else { return nil }
        return ResourceID(type: type, id: id)
    }

    private mutating func time() -> Timestamp? {
        guard let seconds = number(), let nanoseconds = number().flatMap({ Int32(exactly: $0) }) else { return nil }
        return Timestamp(seconds: Int64(seconds), nanoseconds: nanoseconds)
    }

    private struct Read<Value> {
        let value: Value?
    }

    private mutating func optional<Value>(_ read: (inout Self) -> Value?) -> Read<Value>? {
        switch number() {
        case 0: return Read(value: nil)
        case 1: return read(&self).map { Read(value: $0) }
        default: return nil
        }
    }

    private mutating func list<Element>(_ read: (inout Self) -> Element?) -> [Element]? {
        guard let count = number(), count >= 0, count <= bytes.count - index else { return nil }
        var elements: [Element] = []
        for _ in 0..<count {
            guard let element = read(&self) else { return nil }
            elements.append(element)
        }
        return elements
    }

    private mutating func text() -> String? {
        guard let count = number(), count >= 0, count <= bytes.count - index else { return nil }
        defer { index += count }
        return String(validating: bytes[index..<(index + count)], as: UTF8.self)
    }

    private mutating func number() -> Int? {
        guard bytes.count - index >= 8 else { return nil }
        let number = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index, as: Int64.self) }
        index += 8
        return Int(exactly: Int64(littleEndian: number))
    }
}
