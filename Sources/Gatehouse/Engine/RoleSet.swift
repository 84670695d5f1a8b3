/// What a set of roles, each with all that it inherits, grants and denies: one bit a named permission, and tries for
/// the names that the policy does not mention. Immutable, and shared by every principal that holds just these roles.
final class RoleSet: Sendable {
    private let granted: BitSet
    private let denied: BitSet
    /// Granted and not denied: all that the usual check reads.
    private let allowed: BitSet
    private let grants: PatternTrie
    private let denials: PatternTrie

    init(_ held: [Int], _ roles: [CompiledRole], _ permissions: PermissionTable) {
        var granted = BitSet(count: permissions.count)
        var denied = BitSet(count: permissions.count)
        var grants = PatternTrie()
        var denials = PatternTrie()
        for role in Inheritance(from: held, roles).reached {
            for pattern in roles[role].grants { pattern.add(to: &granted, &grants, permissions) }
            for pattern in roles[role].denies { pattern.add(to: &denied, &denials, permissions) }
        }
        self.granted = granted
        self.denied = denied
        allowed = granted.subtracting(denied)
        self.grants = grants
        self.denials = denials
    }

    /// Whether the set alone allows the permission of this id.
    @inline(__always)
    func allows(_ id: Int) -> Bool { allowed[id] }

    /// What the set says of a permission; its id is nil where the policy does not mention it.
    func verdict(on permission: Permission, id: Int?) -> Verdict {
        if let id { return Verdict(isGranted: granted[id], isDenied: denied[id]) }
        return Verdict(isGranted: grants.matches(permission), isDenied: denials.matches(permission))
    }
}

/// What roles say of a permission, to be weighed with what other roles say.
struct Verdict {
    var isGranted: Bool
    var isDenied: Bool
}

extension CompiledPattern {
    fileprivate func add(to bits: inout BitSet, _ trie: inout PatternTrie, _ permissions: PermissionTable) {
        switch self {
        case .exactly(let id): bits.insert(id)
        case .pattern(let pattern):
            trie.insert(pattern)
            permissions.forEachID(matching: pattern) { bits.insert($0) }
        }
    }
}
