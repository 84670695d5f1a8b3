#if PolicyFiles
package import Gatehouse

extension JSONValue {
    /// The largest number of names that the paths of one decision have in all. Nobody reads so many.
    ///
    /// If each role of a long chain decides, the paths have as many names as the square of the chain's length.
    private static let maximumPathNames = 1_000_000

    /// Makes the JSON of reasons, with the members in the order of the contract. A path beyond the limit is written as `…` and the role
    /// that decided.
    package init(_ reasons: [Decision.Reason]) {
        var room = Self.maximumPathNames
        self = .array(
            reasons.map { reason in
                JSONValue(reason) { role, path in
                    guard let names = path.names(atMost: room) else {
                        room = 0
                        return ["…", role]
                    }
                    room -= names.count
                    return names
                }
            }
        )
    }

    /// - Parameter names: A closure that returns the written part of the path to a role.
    private init(_ reason: Decision.Reason, _ names: (_ role: String, _ path: Decision.RolePath) -> [String]) {
        func decided(_ kind: String, _ role: String, _ pattern: String, _ path: Decision.RolePath) -> JSONValue {
            let path = JSONValue(names(role, path))
            return ["kind": .string(kind), "role": .string(role), "pattern": .string(pattern), "path": path]
        }
        switch reason {
        case .grant(let role, let pattern, let path): self = decided("grant", role, pattern, path)
        case .deny(let role, let pattern, let path): self = decided("deny", role, pattern, path)
        case .rule(let id, let effect, let isUnknown, let role, let path):
            var members = [
                JSONMember("kind", "rule"), JSONMember("rule", .string(id)),
                JSONMember("effect", .string(effect.rawValue)),
            ]
            if isUnknown { members.append(JSONMember("unknown", true)) }
            if let role {
                members += [JSONMember("role", .string(role)), JSONMember("path", JSONValue(names(role, path)))]
            }
            self = .object(members)
        case .constraint(let id): self = ["kind": "constraint", "constraint": .string(id)]
        case .scope: self = ["kind": "scope"]
        case .credential: self = ["kind": "credential"]
        case .default: self = ["kind": "default"]
        }
    }
}
#endif
