"""What is due, what arrived, what belongs to whom, who may pay out. Pure, without Django."""
