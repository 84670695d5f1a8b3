import Gatehouse
import GatehouseTesting
import Testing

private let policy = Policy {
    Role("org:member") { Grants("org:invoices:read") }
    Role("org:auditor") {
        Inherits("org:member")
        Denies("org:invoices:void")
    }
    Role("org:admin") { Grants("org:invoices:*") }
}

@Test func invoices() throws {
    try expect(
        policy,
        """
        | permission        | org:member | org:auditor | org:admin |
        |-------------------|------------|-------------|-----------|
        | org:invoices:read | allow      | allow       | allow     |
        | org:invoices:void |            | deny        | allow     |
        """
    )
    try expect(policy, denies: "org:invoices:void", to: "org:admin", "org:auditor")
}
