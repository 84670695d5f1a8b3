import Gatehouse
import SeededGenerator

extension RandomPolicy {
    mutating func check(of policy: Policy) throws(NameError) -> AccessCheck {
        AccessCheck(
            try permission(),
            by: principal(of: policy),
            on: random.chance(65) ? resource() : nil,
            action: attributes(),
            context: attributes(),
            at: time()
        )
    }

    mutating func principal(of policy: Policy) -> Principal {
        let names = policy.roles.map(\.name) + ["role:undefined"]
        let count = random.pick([0, 1, 1, 1, 2, 2, 3])
        let user = random.pick(Self.users)
        return Principal(
            user,
            kind: random.chance(95) ? .user : .machine,
            type: random.chance(92) ? nil : random.pick(Self.types),
            issuer: random.chance(80) ? "" : random.pick(Self.issuers),
            organization: random.chance(70) ? Principal.Organization(random.pick(Self.organizations)) : nil,
            roles: (0..<count).map { _ in boundedRole(of: names) },
            activeRoles: random.chance(20)
                ? (0..<Int.random(in: 0...4, using: &random)).map { _ in random.pick(names) } : nil,
            attributes: attributes(),
            claims: ["a": .string(user)]
        )
    }

    mutating func permission() throws(NameError) -> Permission {
        let name = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick(Self.segments + ["unnamed"]) }
        return try Permission(validating: name.joined(separator: ":"))
    }

    /// A resource that roles are held for, or a resource with parts missing.
    mutating func resource() -> Resource {
        let id = random.pick(Self.resources)
        return Resource(
            type: random.chance(85) ? id.type : nil,
            id: random.chance(85) ? id.id : nil,
            attributes: attributes()
        )
    }

    /// Some of the attributes that conditions ask for. `id`, `type` and `name` must never be taken for the real ones.
    mutating func attributes() -> JSONValue {
        let names = ["a", "b", "id", "type", "name", "a.b", "x y"].filter { _ in random.chance(45) }
        return .object(names.map { JSONMember($0, value(depth: 2)) })
    }
}

extension RandomPolicy {
    /// The question with other attributes of everything but the principal. A check on no resource may still know
    /// something of it.
    mutating func addingFacts(to check: AccessCheck) -> AccessCheck {
        var check = check
        check.action = attributes()
        check.context = attributes()
        if check.resource != nil {
            check.resource?.attributes = attributes()
        } else if random.chance(50) {
            check.resource = Resource(type: random.chance(50) ? "doc" : nil, attributes: attributes())
        }
        return check
    }
}

extension AccessCheck {
    /// The check with all that the principal brings, which its description leaves out.
    var inFull: String {
        let active = principal.activeRoles.map { "\($0)" } ?? "all"
        return "\(self), roles: \(principal.roles), active: \(active), attributes: \(principal.attributes)"
    }
}
