import CLua

