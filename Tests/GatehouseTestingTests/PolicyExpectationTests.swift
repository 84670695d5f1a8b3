import Gatehouse
import GatehouseTesting
import Testing

@Suite("A policy is compared with a table, and each difference is named")
struct PolicyExpectationTests {
    static let policy = Policy {
        Role("org:member") { Grants("org:invoices:read") }
        Role("org:admin") {
            Inherits("org:member")
            Grants("org:invoices:*")
        }
        Role("org:auditor") {
            Inherits("org:member")
            Denies("org:invoices:void")
        }
    }

    static let table = """
        | permission        | org:member | org:admin | org:auditor |
        |-------------------|------------|-----------|-------------|
        | org:invoices:read | allow      | allow     | allow       |
        | org:invoices:void |            | allow     | deny        |
        | org:users:delete  |            |           |             |
        """

    private func differences(_ table: String, _ policy: Policy = policy) throws -> [String] {
        do {
            try expect(policy, table)
            return []
        } catch let error as PolicyExpectationError {
            return error.differences
        }
    }

    @Test("a correct table passes, with and without outer bars, in any order")
    func right() throws {
        try expect(Self.policy, Self.table)
        try expect(
            Self.policy,
            """
            permission | org:auditor | org:admin | org:member
            :---|---:|:---:|---
            org:invoices:void | deny | allow |
            org:invoices:read | allow | allow | allow
            """
        )
    }

    @Test(
        "each cell that differs is named with the reason",
        arguments: [
            (
                "| org:invoices:void |            | allow     | deny        |",
                "| org:invoices:void | allow      | allow     | deny        |",
                "org:invoices:void for org:member: expected allow, found nothing"
            ),
            (
                "| org:invoices:void |            | allow     | deny        |",
                "| org:invoices:void |            | allow     |             |",
                "org:invoices:void for org:auditor: expected nothing, found deny (denied: org:auditor denies org:invoices:void)"
            ),
            (
                "| org:invoices:read | allow      | allow     | allow       |",
                "| org:invoices:read | allow      | conditional | allow       |",
                "org:invoices:read for org:admin: expected conditional, found allow"
            ),
        ]
    )
    func differs(line: String, other: String, difference: String) throws {
        let found = try differences(Self.table.replacing(line, with: other))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(difference) == true, "\(found)")
    }

    @Test("a role or a permission that the table lacks is named, and so is a role that the policy lacks")
    func incomplete() throws {
        let narrow = """
            | permission        | org:member | org:owner |
            |---|---|---|
            | org:invoices:read | allow      |           |
            """
        #expect(
            try differences(narrow) == [
                "the table has no column for the role org:admin", "the table has no column for the role org:auditor",
                "the policy has no role org:owner", "the table has no row for the permission org:invoices:void",
            ]
        )
    }

    @Test(
        "a text that is no table is refused",
        arguments: [
            ("", "the text is no table"), ("| permission | a |\n| a:b | allow |", "the text is no table"),
            (
                "| permission | org:member |\n|---|---|\n| org:inv* | allow |",
                "“org:inv*” is no permission's name, and no pattern"
            ),
            ("| permission | org:member |\n|---|---|\n| org:invoices:read | yes |", "the cell “yes”"),
            ("| permission | org:member |\n|---|---|\n| org:invoices:read | allow | deny |", "has 2 cells for 1 roles"),
        ]
    )
    func malformed(table: String, fault: String) throws {
        let found = try differences(table)
        #expect(found.contains { $0.contains(fault) }, "\(found)")
    }

    @Test("a row may be a pattern, as the policy's matrix prints it")
    func patterns() throws {
        let table = Self.table + "\n| org:invoices:* |  | allow |  |\n| \\*:a:\\* | | | |"
        try expect(Self.policy, table)
        let found = try differences(
            table.replacing("| org:invoices:* |  | allow", with: "| org:invoices:* | allow | allow")
        )
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix("org:invoices:* for org:member: expected allow, found nothing") == true,
            "\(found)"
        )
        try expect(Self.policy, PolicyEngine(Self.policy).matrix().lines(.markdown).joined(separator: "\n"))
    }

    @Test("a rule with a condition is conditional")
    func conditional() throws {
        let policy = Policy {
            Role("editor")
            Rule("own", .allow, "docs:edit", to: "editor", when: .equals("$resource.owner", "$principal.id"))
        }
        try expect(policy, "| permission | editor |\n|---|---|\n| docs:edit | conditional |")
    }

    @Test("a single permission is expected in one line, and a failure says why")
    func single() throws {
        try expect(Self.policy, allows: "org:invoices:void", to: "org:admin")
        try expect(Self.policy, denies: "org:invoices:void", to: "org:admin", "org:auditor")
        let error = #expect(throws: PolicyExpectationError.self) {
            try expect(Self.policy, allows: "org:invoices:void", to: "org:admin", "org:auditor")
        }
        #expect(
            error?.description
                == "the policy is not as expected: org:invoices:void for org:admin, org:auditor: expected allowed, "
                + "and it is denied: org:auditor denies org:invoices:void"
        )
        #expect(throws: PolicyExpectationError.self) {
            try expect(Self.policy, denies: "org:invoices:read", to: "org:member")
        }
    }
}
