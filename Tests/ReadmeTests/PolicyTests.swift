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

@Test func onlyAdminsVoidInvoices() throws {
    let engine = try PolicyEngine(policy)
    #expect(engine.decision(on: "org:invoices:void", holding: "org:admin").isAllowed)
    #expect(!engine.decision(on: "org:invoices:void", holding: "org:member").isAllowed)

    let decision = engine.decision(on: "org:invoices:void", holding: "org:admin", "org:auditor")
    #expect(decision.description == "denied: org:auditor denies org:invoices:void")
}
