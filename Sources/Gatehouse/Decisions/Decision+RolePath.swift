extension Decision {
    /// The roles from a role of the principal to the role that decided, by inheritance.
    ///
    /// The paths of one decision share the walk. In a long chain each of many roles may decide, and their complete paths would take more
    /// memory than there is. ``names`` returns a complete path.
    public struct RolePath: Sendable {
        private let walk: RoleWalk
        /// The names of the roles, by role id.
        private let table: [String]
        /// The step of the walk at which the path ends; `nil` if the path is empty.
        private let end: Int?

        /// Makes a path through these roles.
        public init(_ names: [String]) {
            let origins = names.indices.map { $0 == 0 ? nil : $0 - 1 }
            self.init(RoleWalk(reached: Array(names.indices), origins: origins), names, to: names.indices.last)
        }

        init(_ walk: RoleWalk, _ table: [String], to end: Int?) {
            (self.walk, self.table, self.end) = (walk, table, end)
        }

        /// The names of the roles, the principal's role first; empty if no role decided.
        public var names: [String] { names(atMost: .max) ?? [] }

        /// Returns the names; `nil` if there are more.
        public func names(atMost maximum: Int) -> [String]? {
            var names: [String] = []
            var position = end
            while let current = position {
                guard names.count < maximum else { return nil }
                names.append(table[walk.reached[current]])
                position = walk.origins[current]
            }
            return names.reversed()
        }
    }
}

extension Decision.RolePath: Hashable {
    public static func == (lhs: Self, rhs: Self) -> Bool {
        let (lhs, rhs) = (lhs.names, rhs.names)
        return lhs.count == rhs.count && zip(lhs, rhs).allSatisfy { $0.hasSameBytes(as: $1) }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(end.map { ByteText(table[walk.reached[$0]]) })  // the last role usually differs
    }
}

extension Decision.RolePath: ExpressibleByArrayLiteral {
    public init(arrayLiteral names: String...) { self.init(names) }
}
