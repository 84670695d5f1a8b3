#if Server
import Gatehouse

let policy = Policy {
    Role("org:member") { Grants("org:invoices:read") }
    Role("org:auditor") {
        Inherits("org:member")
        Denies("org:invoices:void")
    }
    Role("org:admin") { Grants("org:invoices:*") }
}
#endif
