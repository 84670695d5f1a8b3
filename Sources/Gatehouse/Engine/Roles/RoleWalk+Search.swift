extension RoleWalk {
    /// Walks from a principal's roles to all roles that they inherit.
    convenience init(from held: [Int], _ roles: [CompiledRole]) {
        var isReached = BitSet(count: roles.count)
        var reached: [Int] = []
        var origins: [Int?] = []
        func reach(_ role: Int, from origin: Int?) {
            if isReached[role] { return }
            isReached.insert(role)
            reached.append(role)
            origins.append(origin)
        }
        for role in held { reach(role, from: nil) }
        var next = 0
        while next < reached.count {
            for inherited in roles[reached[next]].inherits { reach(inherited, from: next) }
            next += 1
        }
        self.init(reached: reached, origins: origins)
    }
}
