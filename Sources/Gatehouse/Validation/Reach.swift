/// The items, up to 64, that each role has itself or by inheritance, found in one pass over the roles.
struct Reach {
    private let graph: RoleGraph
    private var masks: [UInt64]
    private var first = 0

    init(_ graph: RoleGraph) {
        self.graph = graph
        masks = Array(repeating: 0, count: graph.count)
    }

    /// Forgets everything, and passes the items of the seeds on to the roles up to `last`. Other roles must not be asked for.
    mutating func spread(_ seeds: [(role: Int, bits: UInt64)], through last: Int) {
        first = seeds.lazy.map(\.role).min() ?? graph.count
        guard first <= last else { return }
        for role in first...last { masks[role] = 0 }
        for seed in seeds where seed.role <= last { masks[seed.role] |= seed.bits }
        for role in first...last {
            let inherited = inherited(by: role)
            masks[role] |= inherited
        }
    }

    /// The things that the role has, itself or by inheritance.
    subscript(role: Int) -> UInt64 { role < first ? 0 : masks[role] }

    /// Returns the things that the role has by inheritance.
    func inherited(by role: Int) -> UInt64 {
        var mask: UInt64 = 0
        for entry in graph.entries(of: role) { mask |= self[graph.inherited[entry]] }
        return mask
    }
}
