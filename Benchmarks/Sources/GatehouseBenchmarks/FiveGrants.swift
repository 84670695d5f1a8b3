import Gatehouse

/// A policy of five grants, and somebody who holds its three roles.
enum FiveGrants {
    static let policy = Policy {
        Role("org:member") { Grants("org:invoices:read", "org:reports:read") }
        Role("org:billing") { Grants("org:invoices:pay") }
        Role("org:admin") {
            Inherits("org:member")
            Grants("org:invoices:void", "org:members:manage")
        }
    }

    static let principal = Principal(
        "user_2abcdefghijklmnopqrstuvwxyz",
        organization: "org_2abcdefghijklmnopqrstuvwxyz",
        roles: ["org:member", "org:billing", "org:admin"]
    )
}
