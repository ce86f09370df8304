"""Long work of any service: started with a transaction, told of, cancelled, resumed."""
