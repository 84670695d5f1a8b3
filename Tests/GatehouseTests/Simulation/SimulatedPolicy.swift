import Gatehouse

/// Three roles of which each grants one of three permissions, another one in each policy.
struct SimulatedPolicy: Sendable {
    static let roles = ["r0", "r1", "r2"]
    static let permissions: [Permission] = ["p:0", "p:1", "p:2"]

    private let shift: Int
    let engine: PolicyEngine

    init(_ shift: Int) {
        self.shift = shift
        let roles = Self.roles.indices.map { Role(Self.roles[$0], grants: [Self.permissions[($0 + shift) % 3].name]) }
        do {
            engine = try PolicyEngine(Policy(roles: roles))
        } catch {
            preconditionFailure("\(error)")  // the policy above is sound
        }
    }

    func grants(_ role: String, _ permission: Int) -> Bool {
        Self.roles.firstIndex(of: role).map { ($0 + shift) % 3 == permission } ?? false
    }
}
