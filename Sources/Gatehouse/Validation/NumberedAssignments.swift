/// The policy's own assignments in numbers: by principal, each principal's in order.
struct NumberedAssignments {
    /// A principal in one organization, or in none. In none, only assignments for every organization hold.
    struct Context {
        /// The positions of all the principal's assignments.
        var positions: Range<Int>
        /// The first of the principal's contexts, which stand next to one another.
        var first: Int
    }

    let contexts: [Context]
    /// The organization of each context; `nil` for none.
    let organizations: [String?]
    /// The policy's position of the assignment at each position.
    let assignments: [Int]
    /// The number of the role at each position.
    let roles: [Int]
    /// True if the assignment at each position holds in every organization.
    let isEverywhere: [Bool]
    /// The context that the assignment at each position names.
    let named: [Int]
    /// The positions by these contexts.
    let byContext: Buckets

    init(_ assignments: [Assignment], _ roles: RoleIndex, _ graph: RoleGraph) {
        var principals = Numbering<AssignedPrincipal>()
        let holders = assignments.map { principals.number(of: AssignedPrincipal($0)) }
        let byPrincipal = Buckets(holders, count: principals.keys.count)
        var contexts: [Context] = []
        var organizations: [String?] = []
        var named: [Int] = []
        for principal in principals.keys.indices {
            let first = contexts.count
            var numbers = Numbering<ByteText?>()
            for assignment in byPrincipal[principal] {
                let organization = assignments[assignment].organization
                let number = first + numbers.number(of: organization.map { ByteText($0) })
                if number == contexts.count {
                    contexts.append(Context(positions: byPrincipal.range(of: principal), first: first))
                    organizations.append(organization)
                }
                named.append(number)
            }
        }
        self.contexts = contexts
        self.organizations = organizations
        self.assignments = byPrincipal.positions
        self.roles = byPrincipal.positions.map { position in
            roles[assignments[position].role.role].map { graph.numbers[$0] } ?? RoleGraph.everyone
        }
        isEverywhere = byPrincipal.positions.map { assignments[$0].organization == nil }
        self.named = named
        byContext = Buckets(named, count: contexts.count)
    }
}
