import Gatehouse

/// Who inherits whom, and by which way, found by trying every way.
struct ReferenceHierarchy {
    /// The best way from each role to each that it inherits, itself included.
    private var ways: [String: [String: [String]]] = [:]

    /// Takes roles without cycles.
    init(_ roles: [Role]) {
        for role in roles {
            var best: [String: [String]] = [:]
            Self.walk([role.name], roles, &best)
            ways[role.name] = best
        }
    }

    /// Every way on from the end of `way`, in the order of `inherits`: a later one counts only if it is shorter.
    private static func walk(_ way: [String], _ roles: [Role], _ best: inout [String: [String]]) {
        guard let end = way.last, let role = roles.first(where: { $0.name == end }) else { return }
        if let known = best[end], known.count <= way.count {
            // It was reached as well before, but what lies behind it may still be nearer by another way.
        } else {
            best[end] = way
        }
        for inherited in role.inherits { walk(way + [inherited], roles, &best) }
    }

    /// From the held role with the shortest way to this one, of several the first held; `nil` if none leads there.
    func path(from held: [String], to role: String) -> [String]? {
        var best: [String]?
        for name in held {
            guard let way = ways[name]?[role] else { continue }
            if let known = best, known.count <= way.count { continue }
            best = way
        }
        return best
    }
}
