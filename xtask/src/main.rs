fn main() {
    println!("serve | test | dist | bench");
}
