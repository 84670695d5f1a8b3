/// What one writes without a library: a dictionary by the text `org:user`, of sets of names.
struct PlainCache {
    private let permissionsByMember: [String: Set<String>]
    private let members: [(organization: String, user: String)]
    private let permission: String
    private let guarded: Guarded

    init(members: [(organization: String, user: String)], permissions: Set<String>, _ permission: String) {
        let known = Dictionary(members.map { ("\($0.organization):\($0.user)", permissions) }) { first, _ in first }
        permissionsByMember = known
        guarded = Guarded(known)
        self.members = members
        self.permission = permission
    }

    @inline(never)
    func dictionary(_ count: Int) throws {
        var next = 0
        for _ in 0..<count {
            let member = members[next]
            guard permissionsByMember["\(member.organization):\(member.user)"]?.contains(permission) == true else {
                throw WrongAnswer()
            }
            next += 1
            if next == members.count { next = 0 }
        }
    }

    /// The same inside an actor, as it has to be where requests share it, and asked by two tasks at once, as requests do.
    @inline(never)
    func actor(_ count: Int) async throws {
        try await withThrowingTaskGroup { group in
            for half in 0..<2 { group.addTask { try await asked(count / 2, from: half * members.count / 2) } }
            try await group.waitForAll()
        }
    }

    private func asked(_ count: Int, from first: Int) async throws {
        var next = first
        for _ in 0..<count {
            let member = members[next]
            guard await guarded.allows(member.organization, member.user, permission) else { throw WrongAnswer() }
            next += 1
            if next == members.count { next = 0 }
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
