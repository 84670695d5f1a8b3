/// What one writes without a library: a dictionary by the text `org:user`, of sets of names.
struct PlainCache {
    private let permissionsByMember: [String: Set<String>]
    private let queries: Queries
    private let permission: String
    private let guarded: Guarded

    /// - Parameter permissions: What each member may do, which a database would give for each of them anew.
    init(_ queries: Queries, permissions: [String], _ permission: String) {
        func fresh(_ text: String) -> String { String(decoding: Array(text.utf8), as: UTF8.self) }
        // In another order than they are asked for.
        let known = Dictionary(
            queries.all.shuffled().map { ("\($0.organization):\($0.user)", Set(permissions.map(fresh))) }
        ) { first, _ in first }
        permissionsByMember = known
        guarded = Guarded(known)
        self.queries = queries
        self.permission = permission
    }

    @inline(never)
    func dictionary(_ count: Int) throws {
        try queries.ask(count) { permissionsByMember["\($0.organization):\($0.user)"]?.contains(permission) }
    }

    /// The same inside an actor, as it has to be where requests share it.
    @inline(never)
    func actor(_ count: Int) async throws { try await asked(count, from: 0) }

    /// The same asked by two tasks at once, as requests do.
    @inline(never)
    func actorByTwo(_ count: Int) async throws {
        try await withThrowingTaskGroup { group in
            for half in 0..<2 { group.addTask { try await asked(count / 2, from: half * queries.all.count / 2) } }
            try await group.waitForAll()
        }
    }

    private func asked(_ count: Int, from first: Int) async throws {
        var next = first
        for _ in 0..<count {
            let member = queries.all[next]
            guard await guarded.allows(member.organization, member.user, permission) else { throw WrongAnswer() }
            next += 1
            if next == queries.all.count { next = 0 }
        }
    }

    private actor Guarded {
        private let permissionsByMember: [String: Set<String>]

        init(_ permissionsByMember: [String: Set<String>]) {
            self.permissionsByMember = permissionsByMember
        }

        func allows(_ organization: String, _ user: String, _ permission: String) -> Bool {
            permissionsByMember["\(organization):\(user)"]?.contains(permission) == true
        }
    }
}
