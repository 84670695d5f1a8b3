#if Server
import Gatehouse
import GatehouseBase
import GatehouseClerk

extension ClerkRun {
    static func carryOut(_ task: ClerkTask, _ given: ClerkArguments, _ clerk: ClerkClient) async throws {
        let ids = given.positionals
        switch task {
        case .createTenant:
            let tenant = try await clerk.createTenant(
                name: try given.text("name"),
                slug: try given.text("slug"),
                plan: given.body["plan"]?.string,
                maximumMembers: try given.number("maximum_members"),
                resuming: try given.flag("resuming") ?? false
            )
            try standardOutput(tenant.json.description)
        case .requireMFA:
            let changed = try await clerk.requireMFA(try given.flag("required") ?? true, organization: ids[0])
            try standardOutput(changed.json.description)
        case .assignRole: try await assign(try given.text("role"), to: ids[1], in: ids[0], clerk)
        case .removeRole: try await remove(try given.text("role"), from: ids[1], in: ids[0], clerk)
        case .getMembership:
            guard let membership = try await clerk.memberships.get(ids[1], in: ids[0]) else {
                standardError("the user is no member of the organization")
                throw ExitStatus.no
            }
            try standardOutput(membership.json.description)
        case .enrollTOTP:
            // The file is made before the user's old secret is replaced: if the file cannot be written, the secret stays.
            let drawing = try QRCodeOutput(file: given.body["svg"]?.string, isShown: try given.flag("qr") ?? false)
            let enrolled = try await drawing.filled { () async throws(ClerkError) in
                try await clerk.factors.enrollTOTP(
                    ids[0],
                    issuer: given.body["issuer"]?.string ?? "Gatehouse",
                    account: given.body["account"]?.string
                )
            }
            let line: JSONValue = ["secret": .string(enrolled.secret.base32), "uri": .string(enrolled.uri)]
            try standardOutput(line.description)
        case .createBackupCodes:
            let codes = try await clerk.factors.createBackupCodes(ids[0], count: try given.number("count") ?? 10)
            try standardOutput((["backup_codes": JSONValue(codes)] as JSONValue).description)
        case .profile: try await showProfile(of: ids[0], clerk)
        case .setClaims:
            let option = ClerkSubcommand.all(of: "users").first { $0.verb == "set-claims" }?.options.first
            guard let option else { return }
            let set = try await clerk.users.setCustomClaims(
                try ClerkArguments.json(try given.text("claims"), option),
                of: ids[0]
            )
            for warning in set.warnings { standardError("warning: \(warning)") }
            try standardOutput(set.user.json.description)
        case .warnings:
            for warning in try await clerk.connections.warnings() {
                try standardOutput((["warning": .string(warning)] as JSONValue).description)
            }
        case .lintPolicy:
            for note in try await clerk.notes(about: try PolicyEngine.reading(ids[0]).policy) {
                try standardOutput((["note": .string(note)] as JSONValue).description)
            }
        case .planPolicy, .applyPolicy:
            let engine = try PolicyEngine.reading(ids[0])
            for note in try await clerk.notes(about: engine.policy) { standardError("note: \(note)") }
            let plan = try await clerk.plan(for: engine, deleting: try given.flag("delete") ?? false)
            try await carryOut(plan, task == .applyPolicy, clerk)
        }
    }

    /// Changes a role at Clerk. This process has no cache of permissions, and servers learn of the change by webhook.
    private static func assign(_ role: String, to user: String, in organization: String, _ clerk: ClerkClient)
        async throws
    {
        let role = ClerkMembershipSource.roleName(role)
        let store = ClerkMembershipSource(clerk, issuer: "")
        try await store.assign(RoleAssignment(role), to: Member(user, in: organization, issuer: ""))
        for warning in await clerk.roleWarnings(about: role, in: organization) { standardError("warning: \(warning)") }
        if let membership = try await clerk.memberships.get(user, in: organization) {
            try standardOutput(membership.json.description)
        }
    }

    private static func remove(_ role: String, from user: String, in organization: String, _ clerk: ClerkClient)
        async throws
    {
        let held = try await clerk.memberships.get(user, in: organization)
        let store = ClerkMembershipSource(clerk, issuer: "")
        let member = Member(user, in: organization, issuer: "")
        let change = try await store.remove(role: ClerkMembershipSource.roleName(role), from: member)
        guard change.effect != .none, let held else {
            standardError("the user does not hold the role")
            throw ExitStatus.no
        }
        for warning in await clerk.roleWarnings(about: nil, in: organization) { standardError("warning: \(warning)") }
        try standardOutput(held.json.description)
    }

    private static func showProfile(of user: String, _ clerk: ClerkClient) async throws {
        let profile = try await clerk.users.profile(of: user)
        let line: JSONValue = [
            "user": profile.user.json, "memberships": .array(profile.memberships.map(\.json)),
            "sessions": .array(profile.sessions.map(\.json)), "invitations": .array(profile.invitations.map(\.json)),
        ]
        try standardOutput(line.description)
    }

    /// Prints a line for each step. For a plan that cannot be applied, prints the problems and ends with the answer no.
    private static func carryOut(_ plan: ClerkPolicyPlan, _ applies: Bool, _ clerk: ClerkClient) async throws {
        for kept in plan.kept { standardError("kept, since the document does not have it: \(kept)") }
        guard plan.problems.isEmpty else {
            for problem in plan.problems { standardError(problem) }
            throw ExitStatus.no
        }
        func line(_ step: ClerkPolicyPlan.Step) -> String { (["step": .string("\(step)")] as JSONValue).description }
        guard applies else {
            for step in plan.steps { try standardOutput(line(step)) }
            return
        }
        try await clerk.apply(plan) { step in try? standardOutput(line(step)) }
    }
}

extension ClerkArguments {
    fileprivate func text(_ name: String) throws -> String {
        guard let text = body[name]?.string else { throw CommandFailure("--\(name) is required.") }
        return text
    }

    fileprivate func number(_ name: String) throws -> Int? {
        guard let text = body[name]?.string else { return nil }
        guard let number = Int(text) else { throw CommandFailure("--\(name): “\(text)” is no number.") }
        return number
    }

    fileprivate func flag(_ name: String) throws -> Bool? {
        guard let text = body[name]?.string else { return nil }
        guard text == "true" || text == "false" else {
            throw CommandFailure("--\(name): “\(text)” is neither true nor false.")
        }
        return text == "true"
    }
}
#endif
